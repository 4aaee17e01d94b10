import type { RangeSeries, RawSeries } from '@headroom/shared/model/series.ts'
import { type Held, silentSince, valueAt } from './held.ts'

type Window = { from: number; to: number; stepMs: number }
type Bucket = { min: number | null; max: number | null; avg: number | null; last: number | null }

const EMPTY: Bucket = { min: null, max: null, avg: null, last: null }
/** A bucket of a long window is drawn from so many of its values. */
const SAMPLES = 20

/** Least, greatest, mean and last per bucket. What was not said yet by `now` is in no bucket. */
export function bucketsOf(held: Held, { from, to, stepMs }: Window, now: number): RangeSeries {
  const starts = Array.from({ length: Math.ceil((to - from) / stepMs) }, (_, index) => from + index * stepMs)
  const until = saidUntil(held, now)
  const buckets = starts.map((start) => bucketOf(said(held, start, Math.min(start + stepMs, to, until + 1))))
  return {
    id: held.id,
    t: starts,
    min: buckets.map(({ min }) => min),
    max: buckets.map(({ max }) => max),
    avg: buckets.map(({ avg }) => avg),
    last: buckets.map(({ last }) => last),
  }
}

/** Every sample between two times. */
export function rawOf(held: Held, from: number, to: number, now: number): RawSeries {
  const end = Math.min(to, saidUntil(held, now))
  const samples: { at: number; value: number }[] = []
  for (let at = Math.ceil(from / held.everyMs) * held.everyMs; at <= end; at += held.everyMs) {
    const value = valueAt(held, at)
    if (value !== null) samples.push({ at, value })
  }
  return { id: held.id, t: samples.map(({ at }) => at), v: samples.map(({ value }) => value) }
}

function saidUntil(held: Held, now: number): number {
  return held.made.metric === 'up' ? now : Math.min(now, silentSince(held) ?? now)
}

function bucketOf(values: readonly number[]): Bucket {
  if (values.length === 0) return EMPTY
  return {
    min: Math.min(...values),
    max: Math.max(...values),
    avg: values.reduce((sum, value) => sum + value, 0) / values.length,
    last: values.at(-1) ?? null,
  }
}

function said(held: Held, from: number, to: number): number[] {
  const first = Math.ceil(from / held.everyMs) * held.everyMs
  const step = Math.max(held.everyMs, Math.floor((to - from) / SAMPLES / held.everyMs) * held.everyMs)
  const values: number[] = []
  for (let at = first; at < to; at += step) {
    const value = valueAt(held, at)
    if (value !== null) values.push(value)
  }
  return values
}
