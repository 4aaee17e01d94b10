import type { Labels } from '@headroom/shared/model/labels.ts'
import type { Point, Reading } from '@headroom/shared/model/reading.ts'
import type { PollSource } from '../sources/types.ts'

/** A source to be asked. Two with the same `key` are the same source, configured the same. Durations in ms. */
export type ScrapeTarget = {
  key: string
  system: string
  source: string
  everyMs: number
  timeoutMs: number
  maxSeries: number
  labels: Labels
  lagMs: number
  open(): PollSource
}

export type Scraped = {
  system: string
  source: string
  slotAt: number
  reading: Reading
  /** What is to be kept: rounded, labelled, bounded, counters as rates. */
  points: Point[]
  lagMs: number
}

export type ScrapeStats = {
  sources: number
  running: number
  waiting: number
  /** Slots not asked at: the one before had not ended, or the collector itself was late. */
  skipped: { overlap: number; late: number }
}

export type Scraper = AsyncDisposable & {
  /** Asks these from now on. Those unchanged go on undisturbed; resolves when those gone are closed. */
  replace(targets: readonly ScrapeTarget[]): Promise<void>
  stats(): ScrapeStats
}
