import type { Labels } from '@headroom/shared/model/labels.ts'
import type { Point, Reading } from '@headroom/shared/model/reading.ts'
import type { OpenSource, Source } from '../sources/types.ts'

/** A source to be asked. Two with the same `key` are the same source, configured the same. Durations in ms. */
export type ScrapeTarget = {
  key: string
  system: string
  source: string
  /** Its kind. */
  type: string
  everyMs: number
  timeoutMs: number
  maxSeries: number
  labels: Labels
  lagMs: number
  /** `open` gives a `PushSource`, to be opened at once. */
  pushed?: boolean
  open(): Source
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
  /** Readings that sources pushed and that were not taken, because the collector was behind. */
  refused: number
}

/** When a source is asked next (null where nobody knows: it speaks by itself), and how often in a row it gave nothing. */
export type ScrapeTry = { system: string; source: string; nextAt: number | null; failures: number }

export type Scraper = AsyncDisposable & {
  /** Asks these from now on. Those unchanged go on undisturbed; resolves when those gone are closed. */
  replace(targets: readonly ScrapeTarget[]): Promise<void>
  /** The sources of a kind that are open: what is pushed over HTTP is theirs. */
  opened(type: string): OpenSource<Source>[]
  stats(): ScrapeStats
  tries(): ScrapeTry[]
}
