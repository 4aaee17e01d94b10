import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib'

/** Takes a body as it comes, so that a large one is never kept whole. */
export type BodySink = {
  /** False: enough, the rest is not wanted. */
  write(bytes: Uint8Array): boolean
}

/** How the way of a body into its sink ended. */
export type InletEnd = 'whole' | 'enough' | 'too_large' | 'bad_encoding'

/** Unpacks a body on its way into a sink. `onEnd` is called once: early where no more is to come of it. */
export type Inlet = { write(bytes: Uint8Array): void; end(): void; destroy(): void }

const UNPACKERS = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
}

/** `maxBytes` bounds what comes out, so that a bomb is given up. */
export function createInlet(
  encoding: string | undefined,
  sink: BodySink,
  maxBytes: number,
  onEnd: (end: InletEnd) => void,
): Inlet {
  const name = (encoding ?? 'identity').trim().toLowerCase()
  let length = 0
  let ended = false

  function finish(end: InletEnd): void {
    if (ended) return
    ended = true
    onEnd(end)
  }
  function take(bytes: Uint8Array): void {
    length += bytes.length
    if (ended) return
    if (length > maxBytes) finish('too_large')
    else if (!sink.write(bytes)) finish('enough')
  }

  if (name === 'identity' || name === '')
    return { write: take, end: () => finish('whole'), destroy: () => void (ended = true) }
  if (!isUnpacker(name)) {
    // Told after the caller holds what is being made here.
    queueMicrotask(() => finish('bad_encoding'))
    return { write: () => undefined, end: () => undefined, destroy: () => void (ended = true) }
  }
  const unpack = UNPACKERS[name]()
  unpack.on('data', take)
  unpack.once('end', () => finish('whole'))
  unpack.once('error', () => finish('bad_encoding'))
  return {
    write: (bytes) => void unpack.write(bytes),
    end: () => void unpack.end(),
    destroy() {
      ended = true
      unpack.destroy()
    },
  }
}

function isUnpacker(name: string): name is keyof typeof UNPACKERS {
  return Object.hasOwn(UNPACKERS, name)
}
