import type { Piece } from '../../measures/quantile.ts'
import type { DataPoint, ExponentialValue, HistogramValue, Metric, Temporality } from '../wire/export.ts'
import { explicitPieces, exponentialPieces } from './pieces.ts'

/** What one point adds to the series it belongs to. */
export type Contribution = {
  /** The value as it is. */
  level: number | undefined
  /** Growth per ms since the point before, or since the process began. */
  perMs: number | undefined
  /** Where the values lay that were seen in that time. */
  pieces: Piece[] | undefined
  quantiles: ReadonlyMap<number, number> | undefined
}

/** What is remembered of a stream: its newest point. Changed in place, for there are tens of thousands a second. */
export type Progress = {
  startMs: number
  /** 0 before the first. */
  atMs: number
  /** The number; of a distribution how many values it had seen. */
  number: number
  /** How far a sum of differences has come. */
  level: number
  buckets: HistogramValue | ExponentialValue | undefined
}

export function newProgress(): Progress {
  return { startMs: 0, atMs: 0, number: 0, level: 0, buckets: undefined }
}

/** A process is taken to have begun with its first point where it began at most so many intervals before. */
const YOUNG_INTERVALS = 2
const NOTHING: Contribution = { level: undefined, perMs: undefined, pieces: undefined, quantiles: undefined }

/**
 * What a point says beside the one before it. Nothing for a point that is not newer, for the first of a process that has
 * been there for long, and after a fall that no start time explains. `everyMs` is how often points are expected.
 */
export function contribute(metric: Metric, point: DataPoint, before: Progress, everyMs: number): Contribution {
  const { value } = point
  if (value === undefined) return NOTHING
  switch (value.kind) {
    case 'number': {
      const at = span(point, before, metric.kind === 'sum' ? metric.temporality : 'cumulative', everyMs)
      // A gauge may be a counter that nobody called one: its growth is there for a rule that knows better.
      return {
        ...NOTHING,
        level: levelOf(metric, value.number, before),
        perMs: growth(value.number, before.number, at),
      }
    }
    case 'summary': {
      const quantiles = new Map(value.quantiles.map(({ quantile, value: at }) => [quantile, at]))
      return {
        ...NOTHING,
        quantiles,
        perMs: growth(value.count, before.number, span(point, before, 'cumulative', everyMs)),
      }
    }
    case 'histogram':
    case 'exponential': {
      if (metric.kind !== 'histogram' && metric.kind !== 'exponential') return NOTHING
      return ofHistogram(value, before, span(point, before, metric.temporality, everyMs))
    }
  }
}

/** Remembers a point, unless it is older than what is known. */
export function remember(progress: Progress, metric: Metric, { startMs, atMs, value }: DataPoint): void {
  if (atMs <= progress.atMs || value === undefined) return
  if (value.kind === 'number') progress.level = levelOf(metric, value.number, progress)
  progress.startMs = startMs
  progress.atMs = atMs
  progress.number = value.kind === 'number' ? value.number : value.count
  progress.buckets = value.kind === 'histogram' || value.kind === 'exponential' ? value : undefined
}

function levelOf(metric: Metric, number: number, before: Progress): number {
  return metric.kind === 'sum' && metric.temporality === 'delta' ? before.level + number : number
}

/** From when a point's growth counts: a stretch of time, and whether it goes on from the point before. */
type Span = { ms: number; goesOn: boolean } | undefined

function span({ startMs, atMs }: DataPoint, before: Progress, temporality: Temporality, everyMs: number): Span {
  const started = startMs > 0 && startMs < atMs ? atMs - startMs : undefined
  const known = before.atMs > 0
  if (temporality === 'delta') {
    if (started !== undefined) return { ms: started, goesOn: false }
    return known && atMs > before.atMs ? { ms: atMs - before.atMs, goesOn: false } : undefined
  }
  if (!known)
    return started !== undefined && started <= YOUNG_INTERVALS * everyMs ? { ms: started, goesOn: false } : undefined
  if (atMs <= before.atMs) return undefined
  // Begun anew after the point before: what it has, it has since then.
  if (started !== undefined && startMs !== before.startMs && startMs >= before.atMs - everyMs / 10)
    return { ms: started, goesOn: false }
  return { ms: atMs - before.atMs, goesOn: true }
}

function growth(now: number, before: number, at: Span): number | undefined {
  if (at === undefined) return undefined
  const grown = at.goesOn ? now - before : now
  return grown < 0 || !Number.isFinite(grown) ? undefined : grown / at.ms
}

function ofHistogram(value: HistogramValue | ExponentialValue, before: Progress, at: Span): Contribution {
  const perMs = growth(value.count, before.number, at)
  if (perMs === undefined) return NOTHING
  const since = at?.goesOn === true ? before.buckets : undefined
  const pieces =
    value.kind === 'histogram'
      ? explicitPieces(value, since?.kind === 'histogram' ? since : undefined)
      : exponentialPieces(value, since?.kind === 'exponential' ? since : undefined)
  return pieces === undefined ? NOTHING : { ...NOTHING, perMs, pieces }
}
