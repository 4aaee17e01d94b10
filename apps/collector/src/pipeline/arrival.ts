import type { Point, Reading } from '@headroom/shared/model/reading.ts'

/** What the scraper hands on: one reading of one source, its counters already turned into rates. */
export type Arrival = {
  system: string
  source: string
  /** The scrape slot: the time of every point that states none of its own. */
  slotAt: number
  reading: Reading
  /** The reading's points, with `up` and `probe.seconds`, labels added, rates taken, bounded by `maxSeries`. */
  points: readonly Point[]
}
