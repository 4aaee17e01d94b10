import { type ByteReader, type ByteWriter, unzigzag, zigzag } from './bytes.ts'

/**
 * Differences, most of them zero. Token 0 is one zero, token 1 and a length is a run of at least three,
 * any other token is the zigzag of the difference plus one: differences up to 63 stay within one byte.
 */
export class RunWriter {
  #out: ByteWriter
  #zeros = 0

  constructor(out: ByteWriter) {
    this.#out = out
  }

  put(difference: number): void {
    if (difference === 0) {
      this.#zeros++
      return
    }
    this.end()
    this.#out.varint(zigzag(difference) + 1)
  }

  /** Writes the zeros that are still held back. */
  end(): void {
    if (this.#zeros >= 3) {
      this.#out.byte(1)
      this.#out.varint(this.#zeros)
    } else {
      for (let zero = 0; zero < this.#zeros; zero++) this.#out.byte(0)
    }
    this.#zeros = 0
  }
}

export class RunReader {
  #in: ByteReader
  #zeros = 0

  constructor(input: ByteReader) {
    this.#in = input
  }

  next(): number {
    if (this.#zeros > 0) {
      this.#zeros--
      return 0
    }
    const token = this.#in.varint()
    if (token === 0) return 0
    if (token > 1) return unzigzag(token - 1)
    this.#zeros = this.#in.varint() - 1
    return 0
  }
}
