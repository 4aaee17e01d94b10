import type { Compare } from '@headroom/shared/model/flag.ts'
import type { Mark } from '../ui/mark.ts'

/** One place on a line: the last value of a bucket, and the least and greatest it hides. Null: nothing was said there. */
export type ChartPoint = { t: number; min: number; max: number; last: number } | { t: number; last: null }

export type ChartSeries = {
  key: string
  label: string
  points: readonly ChartPoint[]
  /** A CSS colour, and dashes where colours run out. */
  color: string
  dash?: string | undefined
  /** Values of several processes in turn: drawn as a band from least to greatest. */
  spread: boolean
  /** A longer silence than this is a gap. */
  gapMs: number
}

/** A documented line, in words for its right end. */
export type ChartLine = { key: string; value: number; compare: Compare; mark: Mark; words: string }

/** A span in which a line was crossed; `to` is null while it still is. */
export type Crossing = {
  key: string
  from: number
  to: number | null
  line: number
  compare: Compare
  mark: Mark
  words: string
}

export type ChartInput = {
  title: string
  unit: string
  from: number
  to: number
  /** The beginning of an event: times are counted from it (T+). */
  origin?: number | undefined
  series: readonly ChartSeries[]
  lines: readonly ChartLine[]
  limit?: { value: number; words: string } | undefined
  crossings: readonly Crossing[]
}
