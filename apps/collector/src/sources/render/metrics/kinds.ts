import type { Query } from '../account/api.ts'

export type ResourceKind = 'service' | 'postgres' | 'keyvalue'

export type KindName =
  | 'cpu-limit'
  | 'memory-limit'
  | 'disk-capacity'
  | 'cpu'
  | 'memory'
  | 'disk-usage'
  | 'http-requests'
  | 'http-latency'
  | 'instance-count'
  | 'active-connections'
  | 'replication-lag'
  | 'bandwidth'

/** One of Render's metrics, and whose it is. */
export type MetricKind = {
  name: KindName
  of: readonly ResourceKind[]
  /** Parameters of its own. */
  query: Query
  /** What hardly ever changes, or only by the hour, is asked for every few minutes. */
  slow: boolean
  /** It knows no `resolutionSeconds`: its points are of whole hours. */
  hourly: boolean
}

const ALL = ['service', 'postgres', 'keyvalue'] as const
const kind = (name: KindName, of: readonly ResourceKind[], own: Partial<MetricKind> = {}): MetricKind => ({
  name,
  of,
  query: {},
  slow: false,
  hourly: false,
  ...own,
})

/** The order is the one they are asked in: limits before what is measured against them. */
export const METRIC_KINDS: readonly MetricKind[] = [
  kind('cpu-limit', ALL, { slow: true }),
  kind('memory-limit', ALL, { slow: true }),
  kind('disk-capacity', ALL, { slow: true }),
  kind('cpu', ALL),
  kind('memory', ALL),
  kind('disk-usage', ALL),
  kind('http-requests', ['service'], { query: { aggregateBy: 'statusCode' } }),
  kind('http-latency', ['service'], { query: { quantile: ['0.5', '0.95', '0.99'] } }),
  kind('instance-count', ['service']),
  kind('active-connections', ['postgres', 'keyvalue']),
  kind('replication-lag', ['postgres']),
  kind('bandwidth', ['service'], { slow: true, hourly: true }),
]
