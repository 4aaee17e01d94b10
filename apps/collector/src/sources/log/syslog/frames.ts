/** So much of a message is kept; the rest of it is read and left out. */
const MAX_MESSAGE = 64 * 1024
const LF = 10
const NUL = 0
const SPACE = 32

export type Frame = {
  bytes: Buffer
  /** How long the message was. */
  length: number
}

/** Takes a connection apart into messages (RFC 6587): by their length where they begin with one, else by line feeds, or by NUL as Python's SysLogHandler does. */
export class Frames {
  readonly #onFrame: (frame: Frame) => void
  #state: { kind: 'between'; digits: string } | { kind: 'counted'; left: number } | { kind: 'line' } = BETWEEN
  #parts: Buffer[] = []
  #kept = 0
  #length = 0

  constructor(onFrame: (frame: Frame) => void) {
    this.#onFrame = onFrame
  }

  /** False: this is no syslog, and the connection is of no further use. */
  feed(piece: Buffer): boolean {
    let at = 0
    while (at < piece.length) {
      switch (this.#state.kind) {
        case 'between': {
          const next = this.#beginning(piece[at] ?? 0, this.#state.digits)
          if (next === 'broken') return false
          if (next === 'taken') at++
          break
        }
        case 'counted': {
          const end = Math.min(piece.length, at + this.#state.left)
          this.#keep(piece.subarray(at, end))
          this.#state = { kind: 'counted', left: this.#state.left - (end - at) }
          at = end
          if (this.#state.left === 0) this.#emit()
          break
        }
        case 'line': {
          const found = endOfLine(piece, at)
          const end = found === -1 ? piece.length : found
          this.#keep(piece.subarray(at, end))
          at = found === -1 ? end : end + 1
          if (found !== -1) this.#emit()
        }
      }
    }
    return true
  }

  /** The connection was closed: what stands there by lines is a message; by length it is half of one. */
  end(): void {
    if (this.#state.kind === 'line') this.#emit()
  }

  /** One byte between two messages: part of a length, the beginning of a line, or nothing. */
  #beginning(byte: number, digits: string): 'taken' | 'left' | 'broken' {
    const digit = byte >= 48 && byte <= 57
    if (digits !== '' && byte === SPACE) {
      const left = Number(digits)
      this.#state = left === 0 ? BETWEEN : { kind: 'counted', left }
      return 'taken'
    }
    if (digit && (digits !== '' || byte !== 48)) {
      if (digits.length >= 10) return 'broken'
      this.#state = { kind: 'between', digits: digits + String.fromCharCode(byte) }
      return 'taken'
    }
    // Line feeds, and the NUL or CR that some add, belong to no message.
    if (digits === '' && (byte === LF || byte === NUL || byte === 13)) return 'taken'
    this.#state = { kind: 'line' }
    this.#keep(Buffer.from(digits))
    return 'left'
  }

  #keep(bytes: Buffer): void {
    this.#length += bytes.length
    const room = MAX_MESSAGE - this.#kept
    if (room <= 0 || bytes.length === 0) return
    // A copy: a view would hold the whole piece it lies in.
    const part = Buffer.from(bytes.subarray(0, room))
    this.#parts.push(part)
    this.#kept += part.length
  }

  #emit(): void {
    if (this.#length > 0) this.#onFrame({ bytes: Buffer.concat(this.#parts), length: this.#length })
    this.#parts = []
    this.#kept = 0
    this.#length = 0
    this.#state = BETWEEN
  }
}

const BETWEEN = { kind: 'between', digits: '' } as const

function endOfLine(piece: Buffer, from: number): number {
  const line = piece.indexOf(LF, from)
  const nul = piece.subarray(from, line === -1 ? piece.length : line).indexOf(NUL)
  return nul === -1 ? line : from + nul
}
