import type { Automaton, State } from '../patterns/automaton.ts'
import { NEWLINE } from '../patterns/syntax.ts'

/** So much of a line is kept to be shown; all of it is looked at. */
export const KEPT_BYTES = 2_048

export type FoundLine = {
  /** Places in the list of patterns. */
  patterns: readonly number[]
  /** The beginning of the line, without its end. */
  bytes: Buffer
  /** How long the whole line was. */
  length: number
}

/** Takes one stream of bytes apart into lines, however it is cut into pieces, and tells those in which something is found. */
export class LineScanner {
  readonly #automaton: Automaton
  readonly #onFound: (line: FoundLine) => void
  #state: State
  /** The beginning of the line under way, from pieces before this one; and how much of that line has been read. */
  #head: Buffer = Buffer.alloc(0)
  #length = 0
  #skipping = false
  lines = 0

  constructor(automaton: Automaton, onFound: (line: FoundLine) => void) {
    this.#automaton = automaton
    this.#onFound = onFound
    this.#state = automaton.begin
  }

  /** How many bytes of the line under way have been read. */
  get unfinished(): number {
    return this.#length
  }

  feed(piece: Buffer): void {
    const from = this.#skipping ? this.#resume(piece) : 0
    if (from === piece.length) return
    let begin = from
    this.#state = this.#automaton.read(this.#state, piece, from, piece.length, (at, patterns) => {
      this.lines++
      if (patterns.length > 0) this.#found(patterns, piece.subarray(begin, at))
      begin = at + 1
      if (this.#length > 0) {
        this.#length = 0
        this.#head = Buffer.alloc(0)
      }
    })
    const rest = piece.subarray(begin)
    if (rest.length === 0) return
    if (this.#head.length < KEPT_BYTES)
      this.#head = Buffer.concat([this.#head, rest.subarray(0, KEPT_BYTES - this.#head.length)])
    this.#length += rest.length
  }

  /** The stream is at its end: what stands there is a line, though nothing ends it. */
  end(): void {
    if (this.#length > 0) {
      this.lines++
      const patterns = this.#automaton.finish(this.#state)
      if (patterns.length > 0) this.#found(patterns, Buffer.alloc(0))
    }
    this.#begin()
  }

  /** Something is missing from here on: the line under way is given up, and so is the rest of the one that comes next. */
  skip(): void {
    this.#begin()
    this.#skipping = true
  }

  #begin(): void {
    this.#state = this.#automaton.begin
    this.#head = Buffer.alloc(0)
    this.#length = 0
  }

  #resume(piece: Buffer): number {
    const at = piece.indexOf(NEWLINE)
    if (at === -1) return piece.length
    this.#skipping = false
    return at + 1
  }

  #found(patterns: readonly number[], rest: Buffer): void {
    const bytes = Buffer.concat([this.#head, rest.subarray(0, KEPT_BYTES)]).subarray(0, KEPT_BYTES)
    const length = this.#length + rest.length
    const ends = bytes.length === length && bytes.at(-1) === 13
    this.#onFound({ patterns, bytes: ends ? bytes.subarray(0, -1) : bytes, length: ends ? length - 1 : length })
  }
}
