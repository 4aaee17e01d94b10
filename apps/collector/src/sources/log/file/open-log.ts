import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { LineStream } from '../tally.ts'

const PIECE_BYTES = 256 * 1024
/** What lies before the place where reading goes on; where it has changed, the file was written anew. */
const MARK_BYTES = 64

/** A file that is being read, from a place on. */
export class OpenLog {
  readonly handle: FileHandle
  readonly identity: string
  readonly stream: LineStream
  #offset: number
  #mark: Buffer = Buffer.alloc(0)

  constructor(handle: FileHandle, identity: string, stream: LineStream, offset: number) {
    this.handle = handle
    this.identity = identity
    this.stream = stream
    this.#offset = offset
  }

  get offset(): number {
    return this.#offset
  }

  /** Takes in what is there, at most so many bytes; says whether that was all. A file that became another is begun anew. */
  async read(allowance: () => number, signal: AbortSignal): Promise<'all' | 'more' | 'anew'> {
    for (;;) {
      const most = Math.min(PIECE_BYTES, Math.floor(allowance()))
      if (most <= 0 || signal.aborted) return 'more'
      const before = this.#mark.length
      const buffer = Buffer.allocUnsafe(before + most)
      const { bytesRead } = await this.handle.read(buffer, 0, buffer.length, this.#offset - before)
      if (bytesRead < before || !buffer.subarray(0, before).equals(this.#mark)) return 'anew'
      const piece = buffer.subarray(before, bytesRead)
      if (piece.length === 0) return 'all'
      this.stream.take(piece)
      this.#offset += piece.length
      this.#mark = Buffer.from(buffer.subarray(Math.max(0, bytesRead - MARK_BYTES), bytesRead))
    }
  }

  /** Goes on somewhere further on; what lies between is told to be missing. */
  jump(offset: number): void {
    this.stream.skip(offset - this.#offset)
    this.#offset = offset
    this.#mark = Buffer.alloc(0)
  }

  async close(): Promise<void> {
    this.stream.end()
    await this.handle.close().catch(() => undefined)
  }
}

/** Opens a file so that a pipe under its name cannot keep us waiting. */
export function openForReading(path: string): Promise<FileHandle> {
  return open(path, constants.O_RDONLY | constants.O_NONBLOCK)
}

/** The part of a file at its end, at most so many bytes. */
export async function readEnd(handle: FileHandle, bytes: number): Promise<{ bytes: Buffer; whole: boolean }> {
  const { size } = await handle.stat()
  const from = Math.max(0, size - bytes)
  const buffer = Buffer.alloc(size - from)
  const { bytesRead } = await handle.read(buffer, 0, buffer.length, from)
  return { bytes: buffer.subarray(0, bytesRead), whole: from === 0 }
}
