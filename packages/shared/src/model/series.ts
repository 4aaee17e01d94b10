import { z } from 'zod'
import { Labels, labelsKey } from './labels.ts'

/** What a series is: its number is given once for this, and never changes. */
export type SeriesIdentity = { system: string; source: string; metric: string; labels: Labels }

export function seriesKey(identity: SeriesIdentity): string {
  return `${identity.system}/${identity.source}/${identity.metric}${labelsKey(identity.labels)}`
}

/** A series with its newest value, as `GET /series` and the socket's hello give it. */
export const SeriesView = z.object({
  id: z.int().positive(),
  system: z.string(),
  source: z.string(),
  /** False where an earlier listed source of the system gives the same metric. */
  primary: z.boolean(),
  metric: z.string(),
  unit: z.string(),
  labels: Labels,
  /** Values come from several processes in turn: shown as min to max, never as a line. */
  spread: z.boolean().optional(),
  /** True while it has been silent for too long: the value is the last one known, not the one of now. */
  stale: z.boolean().optional(),
  /** Null while it has given no value yet. */
  at: z.number().nullable(),
  value: z.number().nullable(),
})
export type SeriesView = z.infer<typeof SeriesView>

/** One stored number. `at` is the scrape slot or the time the source states. */
export type Sample = { series: number; at: number; value: number }

/** The answer of `GET /range`: per bucket the least, greatest, mean and last value; an empty bucket is null in all four. */
export const RangeSeries = z.object({
  id: z.number(),
  t: z.array(z.number()),
  min: z.array(z.number().nullable()),
  max: z.array(z.number().nullable()),
  avg: z.array(z.number().nullable()),
  last: z.array(z.number().nullable()),
})
export type RangeSeries = z.infer<typeof RangeSeries>

export const RawSeries = z.object({
  id: z.number(),
  t: z.array(z.number()),
  v: z.array(z.number()),
  /** Times whose value replaced an earlier one. */
  corrected: z.array(z.number()).optional(),
})
export type RawSeries = z.infer<typeof RawSeries>
