import type { Labels } from '@headroom/shared/model/labels.ts'
import type { Point } from '@headroom/shared/model/reading.ts'
import { labelValue } from '../../measures/labels.ts'
import type { RenderSeries } from './answer.ts'
import type { KindName, ResourceKind } from './kinds.ts'

/** What is remembered of a resource to make sense of what comes next: limits, and the statuses that have occurred. */
export type Known = {
  cpuLimit: number | undefined
  memoryLimit: number | undefined
  diskCapacity: number | undefined
  statuses: Set<string>
}

export type Made = Point & { at: number }

/** `stepMs`: the length of one bucket. */
export type About = { kind: ResourceKind; known: Known; stepMs: number; now: number }

/** What one of Render's metrics says of one resource, as points of our own. */
export function pointsOf(name: KindName, series: readonly RenderSeries[], about: About): Made[] {
  switch (name) {
    case 'cpu-limit':
      about.known.cpuLimit = newestOf(series) ?? about.known.cpuLimit
      return []
    case 'memory-limit':
      about.known.memoryLimit = newestOf(series) ?? about.known.memoryLimit
      return []
    case 'disk-capacity':
      about.known.diskCapacity = newestOf(series) ?? about.known.diskCapacity
      return []
    case 'cpu':
      return cpu(series, about.known)
    case 'memory':
      return memory(series, about.known)
    case 'disk-usage':
      return disk(series, about.known)
    case 'http-requests':
      return requests(series, about)
    case 'http-latency':
      return latency(series, about)
    case 'instance-count':
      return greatest(series).map(([at, value]) => point('instances.count', 'count', at, value))
    case 'active-connections': {
      const metric = about.kind === 'postgres' ? 'db.connections' : 'redis.clients'
      return totals(series).map(([at, value]) => point(metric, 'count', at, value))
    }
    case 'replication-lag':
      return greatest(series).map(([at, value]) => point('db.replication.lag_seconds', 'seconds', at, value))
    case 'bandwidth':
      return totals(series).map(([at, value]) => point('render.bandwidth_bytes', 'bytes', at, value))
  }
}

function cpu(series: readonly RenderSeries[], { cpuLimit }: Known): Made[] {
  // Without its limit a share is not known: the cores that it uses are.
  if (cpuLimit === undefined || cpuLimit <= 0)
    return greatest(series).map(([at, value]) => point('render.cpu_cores', 'none', at, value))
  return [
    ...greatest(series).map(([at, value]) => point('cpu.used_percent', 'percent', at, (100 * value) / cpuLimit)),
    ...byInstance('render.cpu_percent', series, cpuLimit),
  ]
}

function memory(series: readonly RenderSeries[], { memoryLimit }: Known): Made[] {
  const used = greatest(series)
  const bytes = used.map(([at, value]) => point('memory.used_bytes', 'bytes', at, value))
  if (memoryLimit === undefined || memoryLimit <= 0) return bytes
  const share = used.map(([at, value]) => point('memory.used_percent', 'percent', at, (100 * value) / memoryLimit))
  // The limit is asked for less often than what it limits, and stands beside every value all the same.
  const limit = used.map(([at]) => point('memory.limit_bytes', 'bytes', at, memoryLimit))
  return [...bytes, ...limit, ...share, ...byInstance('render.memory_percent', series, memoryLimit)]
}

function disk(series: readonly RenderSeries[], { diskCapacity }: Known): Made[] {
  const used = greatest(series)
  const bytes = used.map(([at, value]) => point('render.disk_used_bytes', 'bytes', at, value))
  if (diskCapacity === undefined || diskCapacity <= 0) return bytes
  return [
    ...bytes,
    ...used.map(([at, value]) => point('disk.used_percent', 'percent', at, (100 * value) / diskCapacity)),
  ]
}

/**
 * Counts of whole buckets only: what has been judged once is not judged again, so half a minute would hide what came in
 * its second half. A status that is not in a bucket of which others are known did not occur in it.
 */
function requests(series: readonly RenderSeries[], { known, stepMs, now }: About): Made[] {
  const buckets = new Map<number, Map<string, number>>()
  for (const { labels, points } of series) {
    const status = labelValue(labels.get('statusCode') ?? labels.get('status')) ?? 'other'
    for (const { at, value } of points) {
      if (at > now - stepMs) continue
      const bucket = buckets.get(at) ?? new Map<string, number>()
      buckets.set(at, bucket)
      bucket.set(status, (bucket.get(status) ?? 0) + value)
      known.statuses.add(status)
    }
  }
  const minutes = stepMs / 60_000
  return [...buckets].flatMap(([at, bucket]) => {
    const all = [...bucket.values()].reduce((sum, count) => sum + count, 0)
    const failed = [...bucket].reduce((sum, [status, count]) => (status.startsWith('5') ? sum + count : sum), 0)
    return [
      point('requests.per_minute', 'per_minute', at, all / minutes),
      ...(all > 0 ? [point('errors.percent', 'percent', at, (100 * failed) / all)] : []),
      ...[...known.statuses].map((status) =>
        point('responses.per_minute', 'per_minute', at, (bucket.get(status) ?? 0) / minutes, { status }),
      ),
    ]
  })
}

const QUANTILES: Readonly<Record<string, string>> = {
  '0.5': 'latency.p50_seconds',
  '0.95': 'latency.p95_seconds',
  '0.99': 'latency.p99_seconds',
}

/** Of whole buckets, as the counts beside it; of several hosts the slowest. */
function latency(series: readonly RenderSeries[], { stepMs, now }: About): Made[] {
  return Object.entries(QUANTILES).flatMap(([quantile, metric]) => {
    const mine = series.filter(({ labels }) => Number(labels.get('quantile')) === Number(quantile))
    return greatest(mine).flatMap(([at, value]) => (at > now - stepMs ? [] : [point(metric, 'seconds', at, value)]))
  })
}

/** Each instance by itself, at the times when there were several. */
function byInstance(metric: string, series: readonly RenderSeries[], limit: number): Made[] {
  const named = series.filter(({ labels }) => labelValue(labels.get('instance')) !== undefined)
  const counts = new Map<number, number>()
  for (const { points } of named) for (const { at } of points) counts.set(at, (counts.get(at) ?? 0) + 1)
  return named.flatMap(({ labels, points }) =>
    points.flatMap(({ at, value }) =>
      (counts.get(at) ?? 0) < 2
        ? []
        : [point(metric, 'percent', at, (100 * value) / limit, { instance: labels.get('instance') ?? '' })],
    ),
  )
}

function newestOf(series: readonly RenderSeries[]): number | undefined {
  const newest = series
    .flatMap(({ points }) => points.at(-1) ?? [])
    .toSorted((a, b) => b.at - a.at || b.value - a.value)
  return newest[0]?.value
}

/** At each time the greatest of all lines: the instance that is nearest to its limit. */
function greatest(series: readonly RenderSeries[]): [at: number, value: number][] {
  return merge(series, Math.max)
}

function totals(series: readonly RenderSeries[]): [at: number, value: number][] {
  return merge(series, (a, b) => a + b)
}

function merge(series: readonly RenderSeries[], join: (a: number, b: number) => number): [number, number][] {
  const values = new Map<number, number>()
  for (const { points } of series)
    for (const { at, value } of points) {
      const before = values.get(at)
      values.set(at, before === undefined ? value : join(before, value))
    }
  return [...values].toSorted(([a], [b]) => a - b)
}

function point(metric: string, unit: string, at: number, value: number, labels: Labels = {}): Made {
  return { metric, unit, at, value, labels, kind: 'gauge' }
}
