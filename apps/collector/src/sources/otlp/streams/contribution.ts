import type { Piece } from '../../measures/quantile.ts'
import type { DataPoint, ExponentialValue, HistogramValue, Metric, Temporality } from '../wire/export.ts'
import { explicitPieces, exponentialPieces } from './pieces.ts'

/** What one point adds to the series it belongs to. */
export type Contribution = {
  /** The value as it is. */
  level?: number
  /** Growth per ms since the point before, or since the process began. */
  perMs?: number
  /** Where the values lay that were seen in that time. */
  pieces?: Piece[]
  quantiles?: ReadonlyMap<number, number>
}

/** What is remembered of a stream: its newest point. */
export type Progress = { startMs: number; atMs: number; value: DataPoint['value']; level: number }

/** A process is taken to have begun with its first point where it began at most so many of these before. */
const YOUNG_INTERVALS = 2

/**
 * What a point says beside the one before it. Nothing for a point that is not newer, for the first of a process that has
 * been there for long, and after a fall that no start time explains. `everyMs` is how often points are expected.
 */
export function contribute(
  metric: Metric,
  point: DataPoint,
  before: Progress | undefined,
  everyMs: number,
): Contribution {
  const { value } = point
  if (value === undefined) return {}
  if (metric.kind === 'gauge' && value.kind === 'number') {
    // It may be a counter that nobody called one: its growth is there for a rule that knows better.
    const since = before?.value?.kind === 'number' ? before.value.number : 0
    return { level: value.number, ...rateOf(value.number, since, span(point, before, 'cumulative', everyMs)) }
  }
  if (value.kind === 'summary') {
    const quantiles = new Map(value.quantiles.map(({ quantile, value: at }) => [quantile, at]))
    return { quantiles, ...rateOf(value.count, countOf(before), span(point, before, 'cumulative', everyMs)) }
  }
  if (metric.kind === 'sum' && value.kind === 'number') return ofSum(metric, value.number, point, before, everyMs)
  if (metric.kind !== 'histogram' && metric.kind !== 'exponential') return {}
  if (value.kind !== 'histogram' && value.kind !== 'exponential') return {}
  return ofHistogram(value, before, span(point, before, metric.temporality, everyMs))
}

/** The level that is remembered of a point: of a sum of differences it is how far it has come. */
export function levelAfter(metric: Metric, point: DataPoint, before: Progress | undefined): number {
  const value = point.value?.kind === 'number' ? point.value.number : 0
  return metric.kind === 'sum' && metric.temporality === 'delta' ? (before?.level ?? 0) + value : value
}

function ofSum(
  metric: Extract<Metric, { kind: 'sum' }>,
  number: number,
  point: DataPoint,
  before: Progress | undefined,
  everyMs: number,
): Contribution {
  const at = span(point, before, metric.temporality, everyMs)
  const since = before?.value?.kind === 'number' ? before.value.number : 0
  if (metric.monotonic) return rateOf(number, since, at)
  return { level: levelAfter(metric, point, before), ...rateOf(number, since, at) }
}

function countOf(before: Progress | undefined): number {
  const value = before?.value
  return value === undefined || value.kind === 'number' ? 0 : value.count
}

/** From when a point's growth counts: a stretch of time, and whether it goes on from the point before. */
type Span = { ms: number; goesOn: boolean } | undefined

function span(point: DataPoint, before: Progress | undefined, temporality: Temporality, everyMs: number): Span {
  const { startMs, atMs } = point
  const started = startMs > 0 && startMs < atMs ? atMs - startMs : undefined
  if (temporality === 'delta') {
    if (started !== undefined) return { ms: started, goesOn: false }
    return before !== undefined && atMs > before.atMs ? { ms: atMs - before.atMs, goesOn: false } : undefined
  }
  if (before === undefined) {
    const young = started !== undefined && started <= YOUNG_INTERVALS * everyMs
    return young ? { ms: started, goesOn: false } : undefined
  }
  if (atMs <= before.atMs) return undefined
  // Begun anew after the point before: what it has, it has since then.
  if (started !== undefined && startMs !== before.startMs && startMs >= before.atMs - everyMs / 10)
    return { ms: started, goesOn: false }
  return { ms: atMs - before.atMs, goesOn: true }
}

function rateOf(now: number, before: number, at: Span): { perMs?: number } {
  if (at === undefined) return {}
  const grown = at.goesOn ? now - before : now
  return grown < 0 || !Number.isFinite(grown) ? {} : { perMs: grown / at.ms }
}

function ofHistogram(value: HistogramValue | ExponentialValue, before: Progress | undefined, at: Span): Contribution {
  if (at === undefined) return {}
  const rate = rateOf(value.count, countOf(before), at)
  if (rate.perMs === undefined) return {}
  const since = at.goesOn ? before?.value : undefined
  if (value.kind === 'histogram') {
    const pieces = explicitPieces(value, since?.kind === 'histogram' ? since : undefined)
    return pieces === undefined ? {} : { ...rate, pieces }
  }
  const pieces = exponentialPieces(value, since?.kind === 'exponential' ? since : undefined)
  return pieces === undefined ? {} : { ...rate, pieces }
}
