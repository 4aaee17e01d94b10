import type { Clock } from '../lib/clock.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** How far back is looked, and how little of it says nothing yet. */
const HOURS = 6
const LEAST_MS = 10 * 60_000
const LEAST_SAMPLES = 20_000

/**
 * Says what a day adds to the disk: how many samples came in the last hours, and what a sample has cost so far. The
 * size of the files alone would not tell, for they shrink when old days are forgotten.
 */
export class DayGrowth {
  readonly #clock: Pick<Clock, 'monotonic'>
  readonly #startedAt: number
  /** Samples by hour since the start, the newest last. */
  #hours: { hour: number; samples: number }[] = []

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock
    this.#startedAt = clock.monotonic()
  }

  add(samples: number): void {
    const hour = Math.floor(this.#elapsed() / HOUR_MS)
    const newest = this.#hours.at(-1)
    if (newest?.hour === hour) newest.samples += samples
    else this.#hours = [...this.#hours, { hour, samples }].slice(-HOURS)
  }

  /** Bytes a day, by what is kept in all; null while too little is known. */
  bytesPerDay(kept: { dataBytes: number; samples: number }): number | null {
    const first = Math.max(0, Math.floor(this.#elapsed() / HOUR_MS) - HOURS + 1)
    const spanMs = this.#elapsed() - first * HOUR_MS
    if (spanMs < LEAST_MS || kept.samples < LEAST_SAMPLES) return null
    const samples = this.#hours.reduce((sum, { hour, samples: of }) => sum + (hour >= first ? of : 0), 0)
    return Math.round((samples / spanMs) * DAY_MS * (kept.dataBytes / kept.samples))
  }

  #elapsed(): number {
    return this.#clock.monotonic() - this.#startedAt
  }
}
