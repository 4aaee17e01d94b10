import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync, type ZlibOptions } from 'node:zlib'

type Decoded = { kind: 'bytes'; bytes: Uint8Array } | { kind: 'too_large' } | { kind: 'bad_encoding' }
type Decoder = (bytes: Uint8Array, options: ZlibOptions) => Uint8Array

const DECODERS: Readonly<Record<string, Decoder>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: (bytes, { maxOutputLength }) =>
    brotliDecompressSync(bytes, maxOutputLength === undefined ? {} : { maxOutputLength }),
  // Never asked for; some proxies send it all the same.
  zstd: (bytes, { maxOutputLength }) =>
    zstdDecompressSync(bytes, maxOutputLength === undefined ? {} : { maxOutputLength }),
}

/** What the accepted encodings are called in `accept-encoding`. */
export const ACCEPTED_ENCODINGS = 'gzip, br'

/**
 * Undoes one `content-encoding`. Synchronous, for the bodies are small and bounded on both sides: a bomb is given up at
 * `maxBytes` of output.
 */
export function decompress(bytes: Uint8Array, encoding: string, maxBytes: number): Decoded {
  const name = encoding.trim().toLowerCase()
  if (name === '' || name === 'identity') return { kind: 'bytes', bytes }
  const decode = Object.hasOwn(DECODERS, name) ? DECODERS[name] : undefined
  if (decode === undefined) return { kind: 'bad_encoding' }
  try {
    return { kind: 'bytes', bytes: decode(bytes, { maxOutputLength: maxBytes }) }
  } catch (error) {
    const tooLarge =
      error instanceof RangeError ||
      (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
    return { kind: tooLarge ? 'too_large' : 'bad_encoding' }
  }
}
