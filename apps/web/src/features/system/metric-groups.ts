import { METRICS, catalogued } from '@headroom/shared/metrics.ts'
import { RESOURCES } from '@headroom/shared/resources.ts'
import type { SeriesView } from '@headroom/shared/model/series.ts'

/**
 * What one chart shows. `series` are the primary source's, which are drawn; `also` is what other sources say of the
 * same. `key` is the metric, and for what says the same metric in another unit the metric with that unit.
 */
export type MetricGroup = {
  key: string
  metric: string
  title: string
  unit: string
  series: SeriesView[]
  also: SeriesView[]
}

/** The document's order: people, memory, CPU, pools, queue, response, errors. The rest follows in the catalogue's. */
const FIRST = [
  'sessions.active',
  'users.active',
  'users.used_percent',
  'memory.used_percent',
  'memory.used_bytes',
  'sessions.memory_bytes',
  'cpu.used_percent',
  'load.1m',
  'db.pool.in_use',
  'db.pool.waiting',
  'db.connections',
  'redis.pool.in_use',
  'redis.clients',
  'requests.in_flight',
  'queue.length',
  'queue.oldest_seconds',
  'jobs.running',
  'jobs.longest_seconds',
  'workers.busy',
  'workers.total',
  'latency.p95_seconds',
  'latency.p50_seconds',
  'upload.seconds',
  'upstream.seconds',
  'probe.seconds',
  'errors.percent',
  'responses.per_minute',
  'upstream.rate_limited_per_minute',
  'log.matches_per_minute',
  'jobs.failed_per_minute',
]
const ORDER = [...FIRST, ...Object.keys(METRICS).filter((name) => !FIRST.includes(name))]

/** Limits are drawn as the solid line of what they limit, not as charts of their own. */
const LIMITS = new Map(
  RESOURCES.flatMap((resource) => (resource.limit === undefined ? [] : [[resource.limit, resource.used] as const])),
)

/** The series of a system by metric: the catalogue's in order, then everything kept under its own path. */
export function metricGroups(series: readonly SeriesView[]): { known: MetricGroup[]; others: MetricGroup[] } {
  const byMetric = Map.groupBy(series, (each) => each.metric)
  const shown = [...byMetric].filter(([metric]) => !(LIMITS.get(metric)?.some((used) => byMetric.has(used)) ?? false))
  const groups = shown.flatMap(([metric, own]) => unitGroups(metric, own.toSorted(bySourceAndLabel)))
  const known = groups
    .filter((group) => ORDER.includes(group.metric))
    .toSorted((a, b) => ORDER.indexOf(a.metric) - ORDER.indexOf(b.metric))
  const others = groups
    .filter((group) => !ORDER.includes(group.metric))
    .toSorted((a, b) => a.metric.localeCompare(b.metric))
  return { known, others }
}

/** Values in two units do not fit on one axis: those in another unit than the first are a group of their own. */
function unitGroups(metric: string, sorted: readonly SeriesView[]): MetricGroup[] {
  const title = catalogued(metric)?.title ?? metric
  return [...Map.groupBy(sorted, (each) => each.unit)].map(([unit, own], index) => {
    const speaks = own[0]?.source
    return {
      key: index === 0 ? metric : `${metric} in ${unit}`,
      metric,
      title: index === 0 ? title : `${title}, in ${unit}`,
      unit,
      series: own.filter((each) => each.source === speaks),
      also: own.filter((each) => each.source !== speaks),
    }
  })
}

function bySourceAndLabel(a: SeriesView, b: SeriesView): number {
  return (
    Number(b.primary) - Number(a.primary) ||
    seriesLabel(a, []).localeCompare(seriesLabel(b, []), undefined, { numeric: true })
  )
}

/** A series' name beside others of its metric: its labels, and its source where that differs. */
export function seriesLabel(series: SeriesView, among: readonly SeriesView[]): string {
  const labels = Object.values(series.labels).join(' ')
  const differs = among.some((other) => other.source !== series.source)
  const source = differs ? series.source : ''
  return [labels, source].filter((part) => part !== '').join(' · ') || series.source
}
