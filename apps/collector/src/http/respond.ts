import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Request, Response } from 'express'

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)
/** Below this, compressing saves less than its header costs. */
const MIN_COMPRESSED_BYTES = 1_024

export type Encoded = { bytes: Buffer; encoding: 'br' | 'gzip' | null }

/** Browsers list gzip first without preferring it: br is smaller, and taken wherever it is accepted. */
export function encodingFor(request: Request): Encoded['encoding'] {
  if (request.acceptsEncodings('br') !== false) return 'br'
  return request.acceptsEncodings('gzip') !== false ? 'gzip' : null
}

/** Compresses as the client accepts it, off the main thread. Quality 4: answers are of a moment, so speed counts for more than the last bytes. */
export async function encodeFor(request: Request, bytes: Buffer): Promise<Encoded> {
  const wanted = bytes.length < MIN_COMPRESSED_BYTES ? null : encodingFor(request)
  if (wanted === 'br') {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
    return { bytes: await brotli(bytes, { params }), encoding: 'br' }
  }
  return wanted === 'gzip' ? { bytes: await zip(bytes), encoding: 'gzip' } : { bytes, encoding: null }
}

/** Ends a response with what `encodeFor` made. */
export function send(response: Response, { bytes, encoding }: Encoded): void {
  response.vary('Accept-Encoding')
  if (encoding !== null) response.setHeader('Content-Encoding', encoding)
  response.setHeader('Content-Length', bytes.length)
  response.end(bytes)
}

/** Answers with JSON that nobody may keep: every answer is of a moment. A Buffer is JSON already. */
export async function sendJson(request: Request, response: Response, status: number, body: unknown): Promise<void> {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body))
  response.status(status).setHeader('Content-Type', 'application/json; charset=utf-8')
  response.setHeader('Cache-Control', 'no-store')
  send(response, await encodeFor(request, bytes))
}
