import type { Point } from '@headroom/shared/model/reading.ts'
import { type Piece, quantileOf } from '../../measures/quantile.ts'
import type { Contribution } from './contribution.ts'
import type { Target } from './targets.ts'

type Value = number | readonly Piece[]
/** What a stream adds to a series at a time. The stream is only told apart, never looked into. */
type Part = { stream: object; atMs: number; value: Value }

/** A series, and the streams that it is made of. Mostly that is one, which needs no map. */
export type Series = {
  target: Target
  only: Part | undefined
  many: Map<object, Part> | undefined
  /** What has come in this push and is not told yet. */
  pending: Part[]
  /** The newest point, for whoever wants to know what the series is. */
  value: number
  heardAtMs: number
}

export function newSeries(target: Target): Series {
  return { target, only: undefined, many: undefined, pending: [], value: NaN, heardAtMs: 0 }
}

/** What a contribution is to a target; undefined where it has nothing for it. */
export function valueFor({ as, factor }: Target, contribution: Contribution, atMs: number): Value | undefined {
  const { level, perMs, pieces, quantiles } = contribution
  switch (as) {
    case 'level':
      return scaled(level, factor)
    case 'uptime':
      return level === undefined ? undefined : scaled(atMs / 1_000 - level, factor)
    case 'per_minute':
      return scaled(perMs, 60_000 * factor)
    case 'per_second':
      return scaled(perMs, 1_000 * factor)
    case 'p50':
    case 'p95':
      if (pieces !== undefined) return pieces.length === 0 ? undefined : pieces
      return scaled(quantiles?.get(as === 'p50' ? 0.5 : 0.95), factor)
    case 'quantiles':
      return undefined
  }
}

function scaled(value: number | undefined, factor: number): number | undefined {
  return value === undefined || !Number.isFinite(value) ? undefined : value * factor
}

/**
 * Adds the points that what is pending gives, one for each of its times. A stream that has not spoken for `freshMs`
 * counts no longer. What comes late stands for itself where it is the only stream, and else is too late: the others are
 * not known as they were then.
 */
export function settle(series: Series, freshMs: number, into: Point[]): void {
  const { pending } = series
  if (pending.length > 1) pending.sort((a, b) => a.atMs - b.atMs)
  for (const [index, part] of pending.entries()) {
    const known = series.many?.get(part.stream) ?? (series.only?.stream === part.stream ? series.only : undefined)
    if (known !== undefined && part.atMs < known.atMs) {
      if (series.many === undefined) tell(series, [part], part.atMs, into)
      continue
    }
    keep(series, known, part)
    // Of several streams at one time the last tells for all.
    if (pending[index + 1]?.atMs === part.atMs) continue
    series.heardAtMs = Math.max(series.heardAtMs, part.atMs)
    if (series.many === undefined) {
      tell(series, [part], part.atMs, into)
      continue
    }
    for (const [stream, { atMs }] of series.many) if (part.atMs - atMs > freshMs) series.many.delete(stream)
    tell(series, [...series.many.values()], part.atMs, into)
  }
  pending.length = 0
}

/** The newest of a stream is changed in place: nothing is made anew for each of tens of thousands a second. */
function keep(series: Series, known: Part | undefined, part: Part): void {
  if (known !== undefined) {
    known.atMs = part.atMs
    known.value = part.value
  } else if (series.only === undefined && series.many === undefined) series.only = part
  else {
    if (series.many === undefined && series.only !== undefined)
      series.many = new Map([[series.only.stream, series.only]])
    series.only = undefined
    series.many?.set(part.stream, part)
  }
}

function tell(series: Series, parts: readonly Part[], at: number, into: Point[]): void {
  const { target } = series
  const { metric, labels, unit } = target
  const put = (name: string, value: number, ofUnit: string): void =>
    void into.push({ metric: name, unit: ofUnit, labels, value, kind: 'gauge', at })
  const [first] = parts
  if (parts.length === 1 && typeof first?.value === 'number' && target.reduce !== 'count') {
    series.value = first.value
    return put(metric, first.value, unit)
  }
  if (target.as === 'p50' || target.as === 'p95') {
    const value = quantileOfParts(parts, target.as === 'p50' ? 0.5 : 0.95, target.factor)
    if (value === undefined) return
    series.value = value
    return put(metric, value, unit)
  }
  const values = parts.flatMap(({ value }) => (typeof value === 'number' ? value : []))
  const sum = values.reduce((all, value) => all + value, 0)
  if (target.reduce === 'spread') {
    put(`${metric}.count`, values.length, 'count')
    put(`${metric}.sum`, sum, unit)
    put(`${metric}.max`, Math.max(...values), unit)
    series.value = sum
    return
  }
  series.value = REDUCE[target.reduce](values, sum)
  put(metric, series.value, unit)
}

const REDUCE: Readonly<Record<Exclude<Target['reduce'], 'spread'>, (values: number[], sum: number) => number>> = {
  sum: (_, sum) => sum,
  max: (values) => Math.max(...values),
  min: (values) => Math.min(...values),
  count: (values) => values.length,
  mean: (values, sum) => sum / values.length,
}

/** Histograms are put together before the quantile is taken; of quantiles that somebody else took the greatest counts. */
function quantileOfParts(parts: readonly Part[], q: number, factor: number): number | undefined {
  const pieces = parts.flatMap(({ value }) => (typeof value === 'number' ? [] : value))
  const value = pieces.length === 0 ? undefined : quantileOf(pieces, q)
  if (value !== undefined) return value * factor
  const given = parts.flatMap((part) => (typeof part.value === 'number' ? part.value : []))
  return given.length === 0 ? undefined : Math.max(...given)
}
