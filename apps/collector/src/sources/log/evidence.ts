import type { Happening } from '@headroom/shared/model/reading.ts'
import type { Pattern } from './patterns/pattern-set.ts'

/** Of each pattern so many lines are kept at once, and one more every ten seconds; of a good sign it is fewer. */
const BURST = 5
const BURST_GOOD = 2
const REFILL_MS = 10_000
/** Of all patterns of a source together, in one reading. */
const MAX_KEPT = 25

type Bucket = { left: number; at: number; more: number }

/** The lines that are kept to be seen beside an alert: few, whatever the log does; how many there were besides is said. */
export class Evidence {
  readonly #patterns: readonly Pattern[]
  readonly #buckets: Bucket[]
  #kept: Happening[] = []

  constructor(patterns: readonly Pattern[]) {
    this.#patterns = patterns
    this.#buckets = patterns.map((pattern) => ({ left: burst(pattern), at: -Infinity, more: 0 }))
  }

  /** `show` is only called for a line that is kept. */
  add(index: number, nowMs: number, show: () => string): void {
    const [pattern, bucket] = [this.#patterns[index], this.#buckets[index]]
    if (pattern === undefined || bucket === undefined) return
    if (bucket.at === -Infinity) bucket.at = nowMs
    const refilled = Math.floor((nowMs - bucket.at) / REFILL_MS)
    if (refilled > 0) {
      bucket.left = Math.min(burst(pattern), bucket.left + refilled)
      bucket.at += refilled * REFILL_MS
    }
    if (bucket.left === 0 || this.#kept.length >= MAX_KEPT) return void bucket.more++
    bucket.left--
    this.#kept.push(this.#line(pattern, show()))
  }

  /** What was kept since it was last asked. */
  take(): Happening[] {
    const kept = this.#kept
    this.#kept = []
    for (const [index, bucket] of this.#buckets.entries()) {
      const pattern = this.#patterns[index]
      if (bucket.more === 0 || pattern === undefined) continue
      kept.push(this.#line(pattern, `and ${bucket.more} more`))
      bucket.more = 0
    }
    return kept
  }

  #line({ id, good }: Pattern, text: string): Happening {
    return { kind: 'log', level: good ? 'info' : 'warning', pattern: id, text: `${id}: ${text}` }
  }
}

function burst({ good }: Pattern): number {
  return good ? BURST_GOOD : BURST
}
