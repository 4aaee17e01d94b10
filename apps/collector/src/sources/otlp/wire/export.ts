import type { LabelPairs } from '../../measures/labels.ts'

/** What one export request holds, whichever way it was encoded. Times are epoch ms; 0 where none is stated. */
export type MetricsExport = { resources: ResourceMetrics[]; points: number }

export type ResourceMetrics = { attributes: LabelPairs; metrics: Metric[] }

export type Metric = {
  name: string
  unit: string
  points: DataPoint[]
} & (
  | { kind: 'gauge' | 'summary' }
  | { kind: 'sum'; temporality: Temporality; monotonic: boolean }
  | { kind: 'histogram' | 'exponential'; temporality: Temporality }
)

export type Temporality = 'delta' | 'cumulative' | 'unspecified'

export type DataPoint = {
  attributes: LabelPairs
  startMs: number
  atMs: number
  /** It says that nothing was recorded. */
  nothing: boolean
  value: NumberValue | HistogramValue | ExponentialValue | SummaryValue | undefined
}

export type NumberValue = { kind: 'number'; number: number }
export type HistogramValue = { kind: 'histogram'; count: number; bounds: number[]; counts: number[] }
export type ExponentialValue = {
  kind: 'exponential'
  count: number
  scale: number
  zeroCount: number
  zeroThreshold: number
  positive: Buckets
  negative: Buckets
}
export type SummaryValue = { kind: 'summary'; count: number; quantiles: { quantile: number; value: number }[] }
export type Buckets = { offset: number; counts: number[] }

/** Nanoseconds since the epoch, as ms: a number holds them to a quarter of a microsecond. */
export function millis(nanos: number): number {
  return Number.isFinite(nanos) && nanos > 0 ? Math.floor(nanos / 1e6) : 0
}

/** The request is not what its content type says; the words say where. */
export class MalformedExport extends Error {
  override readonly name = 'MalformedExport'
}
