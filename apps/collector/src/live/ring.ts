import type { Encoding } from './encoding.ts'

/** One frame as kept: when it was published, the oldest time it says something of, and its bytes. */
export type Kept = { readonly seq: number; readonly at: number; readonly from: number; readonly encoding: Encoding }

/** How often the time of a seq is noted, and how many such notes outlive the frames: a day and more. */
const MARK_EVERY_MS = 10_000
const MAX_MARKS = 10_000

/**
 * The newest frames, bounded by number and bytes; the oldest go first. Clients hold no queue of their own:
 * each has a place in this one. Of frames that went, their times are remembered, so that a gap can name its span.
 */
export class Ring {
  readonly #maxFrames: number
  readonly #maxBytes: number
  #kept: Kept[] = []
  /** Entries of `#kept` before this index are gone; it is cut off now and then rather than shifted each time. */
  #start = 0
  #bytes = 0
  #evicted = -1
  #head = -1
  #marks: { seq: number; at: number }[] = []

  constructor(maxFrames: number, maxBytes: number) {
    this.#maxFrames = maxFrames
    this.#maxBytes = maxBytes
  }

  /** The newest seq published, or -1. */
  get head(): number {
    return this.#head
  }

  get bytes(): number {
    return this.#bytes
  }

  push(kept: Kept): void {
    if (kept.seq <= this.#head)
      throw new RangeError(`live frames must rise in seq: ${kept.seq} came after ${this.#head}`)
    this.#head = kept.seq
    this.#kept.push(kept)
    this.#bytes += kept.encoding.bytes
    while (
      this.#kept.length - this.#start > this.#maxFrames ||
      (this.#bytes > this.#maxBytes && this.#kept.length - this.#start > 1)
    )
      this.#evict()
  }

  /** Whether every frame after `seq` is still here. */
  reaches(seq: number): boolean {
    return seq >= this.#evicted
  }

  /** The first frame after `seq`. */
  after(seq: number): Kept | undefined {
    let low = this.#start
    let high = this.#kept.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#kept[middle]?.seq ?? 0) <= seq) low = middle + 1
      else high = middle
    }
    return this.#kept[low]
  }

  /** The oldest time that the frames after `seq` say something of; undefined when that is not known any more. */
  timeAfter(seq: number): number | undefined {
    if (!this.reaches(seq)) return this.#marks.findLast((mark) => mark.seq <= seq)?.at ?? this.#marks[0]?.at
    let oldest: number | undefined
    for (let kept = this.after(seq); kept !== undefined; kept = this.after(kept.seq))
      oldest = Math.min(oldest ?? kept.from, kept.from)
    return oldest
  }

  #evict(): void {
    const gone = this.#kept[this.#start]
    if (gone === undefined) return
    this.#start += 1
    this.#bytes -= gone.encoding.bytes
    this.#evicted = gone.seq
    const last = this.#marks.at(-1)
    if (last === undefined || gone.at - last.at >= MARK_EVERY_MS) this.#marks.push({ seq: gone.seq, at: gone.from })
    if (this.#marks.length > MAX_MARKS) this.#marks = this.#marks.slice(MAX_MARKS / 2)
    if (this.#start > this.#maxFrames || this.#start > 1_024) {
      this.#kept = this.#kept.slice(this.#start)
      this.#start = 0
    }
  }
}
