import type { Labels } from '@headroom/shared/model/labels.ts'
import type { Point } from '@headroom/shared/model/reading.ts'
import { type Piece, quantileOf } from '../../measures/quantile.ts'
import type { Contribution } from './contribution.ts'
import type { Target } from './targets.ts'

/** What a stream adds to a series at a time. */
type Part = { atMs: number; value: number | readonly Piece[] }

/** A series, and the streams that it is made of. */
export type Series = {
  target: Target
  /** By the stream's own key. */
  parts: Map<string, Part>
  /** What has come in this push and is not told yet, in order of time. */
  pending: { stream: string; part: Part }[]
  heardAtMs: number
}

export function newSeries(target: Target): Series {
  return { target, parts: new Map(), pending: [], heardAtMs: 0 }
}

/** What a contribution is to a target; undefined where it has nothing for it. */
export function partOf(
  target: Target,
  { level, perMs, pieces, quantiles }: Contribution,
  atMs: number,
): Part | undefined {
  const number = (value: number | undefined): Part | undefined =>
    value === undefined || !Number.isFinite(value) ? undefined : { atMs, value: value * target.factor }
  switch (target.as) {
    case 'level':
      return number(level)
    case 'uptime':
      return number(level === undefined ? undefined : atMs / 1_000 - level)
    case 'per_minute':
      return number(perMs === undefined ? undefined : perMs * 60_000)
    case 'per_second':
      return number(perMs === undefined ? undefined : perMs * 1_000)
    case 'p50':
    case 'p95': {
      if (pieces !== undefined) return pieces.length === 0 ? undefined : { atMs, value: pieces }
      return number(quantiles?.get(target.as === 'p50' ? 0.5 : 0.95))
    }
    case 'quantiles':
      return undefined
  }
}

/**
 * The points of a series that what is pending gives, one for each of its times. A stream that has not spoken for
 * `freshMs` counts no longer. What comes late stands for itself where it is the only stream, and else is too late: the
 * others are not known as they were then.
 */
export function settle(series: Series, freshMs: number): Point[] {
  const { target, parts } = series
  const pending = series.pending.toSorted((a, b) => a.part.atMs - b.part.atMs)
  series.pending = []
  const points = new Map<number, Point[]>()
  for (const { stream, part } of pending) {
    const before = parts.get(stream)
    const late = before !== undefined && part.atMs < before.atMs
    if (late && parts.size > 1) continue
    if (late) points.set(part.atMs, pointsOf(target, [part], part.atMs))
    else {
      parts.set(stream, part)
      for (const [other, { atMs }] of parts) if (part.atMs - atMs > freshMs) parts.delete(other)
      series.heardAtMs = part.atMs
      points.set(part.atMs, pointsOf(target, [...parts.values()], part.atMs))
    }
  }
  return [...points.values()].flat()
}

function pointsOf(target: Target, parts: readonly Part[], at: number): Point[] {
  const { metric, labels, unit } = target
  const point = (name: string, value: number, in_: string = unit): Point => ({
    metric: name,
    unit: in_,
    labels,
    value,
    kind: 'gauge',
    at,
  })
  if (target.as === 'p50' || target.as === 'p95') {
    const value = quantileOfParts(parts, target.as === 'p50' ? 0.5 : 0.95, target.factor)
    return value === undefined ? [] : [point(metric, value)]
  }
  const values = parts.flatMap(({ value }) => (typeof value === 'number' ? value : []))
  if (values.length === 0) return []
  const sum = values.reduce((all, value) => all + value, 0)
  if (target.reduce === 'spread') {
    if (values.length === 1) return [point(metric, sum)]
    return [
      point(`${metric}.count`, values.length, 'count'),
      point(`${metric}.sum`, sum),
      point(`${metric}.max`, Math.max(...values)),
    ]
  }
  return [point(metric, REDUCE[target.reduce](values, sum))]
}

const REDUCE: Readonly<Record<Exclude<Target['reduce'], 'spread'>, (values: number[], sum: number) => number>> = {
  sum: (_, sum) => sum,
  max: (values) => Math.max(...values),
  min: (values) => Math.min(...values),
  count: (values) => values.length,
  mean: (values, sum) => sum / values.length,
}

/** Histograms are put together before the quantile is taken; of quantiles somebody else took the greatest counts. */
function quantileOfParts(parts: readonly Part[], q: number, factor: number): number | undefined {
  const pieces = parts.flatMap(({ value }) => (typeof value === 'number' ? [] : value))
  const value = pieces.length === 0 ? undefined : quantileOf(pieces, q)
  if (value !== undefined) return value * factor
  const given = parts.flatMap((part) => (typeof part.value === 'number' ? part.value : []))
  return given.length === 0 ? undefined : Math.max(...given)
}

export function withQuantile(labels: Labels, quantile: number): Labels {
  return { ...labels, quantile: String(quantile) }
}
