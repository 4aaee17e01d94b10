import type { Upload } from './caption-service.ts'

/** The request is wrong; the message says how. Answered with 400. */
export class BadRequest extends Error {
  override name = 'BadRequest'
}

const MAX_IMAGES = 50
const MAX_NAME_LENGTH = 100

/** Reads `{ name }`, the body of POST /sessions. */
export function readJoin(body: unknown): { name: string } {
  return { name: readName(body) }
}

/** Reads `{ images: [{ name, data }] }` with `data` in base64, the body of POST /sessions/:id/images. */
export function readUploads(body: unknown): Upload[] {
  const images = isRecord(body) ? body['images'] : undefined
  if (!Array.isArray(images) || images.length === 0 || images.length > MAX_IMAGES) {
    throw new BadRequest(`"images" must be a list of 1 to ${MAX_IMAGES}`)
  }
  return images.map((image: unknown) => {
    const data = isRecord(image) ? image['data'] : undefined
    if (typeof data !== 'string') throw new BadRequest('every image needs "data" in base64')
    return { name: readName(image), picture: Buffer.from(data, 'base64') }
  })
}

function readName(value: unknown): string {
  const name = isRecord(value) ? value['name'] : undefined
  if (typeof name !== 'string' || name === '' || name.length > MAX_NAME_LENGTH) {
    throw new BadRequest(`"name" must be a text of 1 to ${MAX_NAME_LENGTH} characters`)
  }
  return name
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
