import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, type ZlibOptions } from 'node:zlib'
import type { DeliveredBody } from '../sources/types.ts'

type Unpack = (bytes: Buffer, options: ZlibOptions) => Promise<Buffer>

const UNPACK: Readonly<Record<string, Unpack>> = {
  gzip: promisify<Buffer, ZlibOptions, Buffer>(gunzip),
  'x-gzip': promisify<Buffer, ZlibOptions, Buffer>(gunzip),
  deflate: promisify<Buffer, ZlibOptions, Buffer>(inflate),
  br: promisify<Buffer, ZlibOptions, Buffer>(brotliDecompress),
}

/** Bodies that are still coming hold at most so much together, and so many are unpacked at once; others are told to come again. */
const MAX_HELD_BYTES = 64 * 2 ** 20
const MAX_UNPACKING = 8

/** Reads bodies, unpacked, each with its own bound and all with one: a thousand clients at once must not fill the memory. */
export function createBodies(): (request: IncomingMessage, maxBytes: number) => Promise<DeliveredBody> {
  let held = 0
  let unpacking = 0

  async function collect(request: IncomingMessage, maxBytes: number): Promise<DeliveredBody> {
    const chunks: Buffer[] = []
    let length = 0
    try {
      for await (const chunk of request.iterator({ destroyOnReturn: false })) {
        if (!Buffer.isBuffer(chunk)) return { kind: 'broken' }
        length += chunk.length
        held += chunk.length
        if (length > maxBytes) return { kind: 'too_large' }
        if (held > MAX_HELD_BYTES) return { kind: 'busy' }
        chunks.push(chunk)
      }
      return { kind: 'bytes', bytes: Buffer.concat(chunks) }
    } catch {
      return { kind: 'broken' }
    } finally {
      held -= length
    }
  }

  return async (request, maxBytes) => {
    const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase()
    const unpack = Object.hasOwn(UNPACK, encoding) ? UNPACK[encoding] : undefined
    if (unpack === undefined && encoding !== 'identity' && encoding !== '') return { kind: 'unknown_encoding' }
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) return { kind: 'too_large' }
    const came = await collect(request, maxBytes)
    if (came.kind !== 'bytes' || unpack === undefined) return came
    if (unpacking >= MAX_UNPACKING) return { kind: 'busy' }
    unpacking++
    try {
      return { kind: 'bytes', bytes: await unpack(came.bytes, { maxOutputLength: maxBytes }) }
    } catch (error) {
      const large = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
      return { kind: large ? 'too_large' : 'broken' }
    } finally {
      unpacking--
    }
  }
}
