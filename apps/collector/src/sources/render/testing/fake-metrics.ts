import type { FakeResource } from './world.ts'

type Value = { timestamp: string; value: number }
type Series = { labels: { field: string; value: string }[]; unit: string; values: Value[] }

/** Too many points, or a parameter that is not as it must be. */
export class MetricsRefused extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

const MONTH_MS = 30 * 24 * 3_600_000
const HOUR_MS = 3_600_000
const UNITS: Readonly<Record<string, string>> = {
  cpu: 'cpu',
  'cpu-limit': 'cpu',
  memory: 'bytes',
  'memory-limit': 'bytes',
  'disk-usage': 'bytes',
  'disk-capacity': 'bytes',
  'http-requests': 'unitless',
  'http-latency': 'ms',
  'instance-count': 'instances',
  'active-connections': 'connections',
  'replication-lag': 'seconds',
  bandwidth: 'mb',
}
const BY_INSTANCE = new Set(['cpu', 'cpu-limit', 'memory', 'memory-limit'])
const OF_SERVICES = new Set(['http-requests', 'http-latency', 'bandwidth'])
const OF_STORES = new Set(['active-connections', 'replication-lag'])
const KNOWN_PARAMETERS = ['startTime', 'endTime', 'resolutionSeconds', 'resource', 'service', 'host', 'path']
const OWN_PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  'http-requests': ['aggregateBy'],
  'http-latency': ['quantile'],
  cpu: ['instance', 'aggregationMethod'],
}

export type MetricsQuestion = { name: string; query: URLSearchParams; now: number; maxPoints: number }

/** What `/metrics/NAME` answers of these resources; an id that nobody has is passed over, as a filter does. */
export function answerMetrics(
  resources: ReadonlyMap<string, FakeResource>,
  asked: MetricsQuestion,
): Series[] | undefined {
  const { name, query, now, maxPoints } = asked
  const unit = UNITS[name]
  if (unit === undefined) return undefined
  for (const parameter of query.keys())
    if (![...KNOWN_PARAMETERS, ...(OWN_PARAMETERS[name] ?? [])].includes(parameter))
      throw new MetricsRefused(400, `unknown parameter ${parameter}`)
  const [from, to] = [timeIn(query, 'startTime', now - HOUR_MS), timeIn(query, 'endTime', now)]
  if (from < now - MONTH_MS) throw new MetricsRefused(400, 'startTime must be within the last 30 days')
  if (from > to) throw new MetricsRefused(400, 'startTime must be before endTime')
  const seconds = Number(query.get('resolutionSeconds') ?? 60)
  if (!(seconds >= 30)) throw new MetricsRefused(400, 'resolutionSeconds must be at least 30')
  if (name === 'bandwidth' && query.has('resolutionSeconds'))
    throw new MetricsRefused(400, 'unknown parameter resolutionSeconds')
  const stepMs = name === 'bandwidth' ? HOUR_MS : 1_000 * seconds
  const ids = query.getAll('resource').flatMap((text) => text.split(','))
  const series = ids.flatMap((id) => {
    const resource = resources.get(id)
    return resource === undefined
      ? []
      : seriesOf(resource, name, unit, query, timesOf(from, Math.min(to, now), stepMs), now, stepMs)
  })
  const points = series.reduce((sum, { values }) => sum + values.length, 0)
  if (points > maxPoints) throw new MetricsRefused(500, 'internal server error')
  return series
}

function seriesOf(
  resource: FakeResource,
  name: string,
  unit: string,
  query: URLSearchParams,
  times: readonly number[],
  now: number,
  stepMs: number,
): Series[] {
  const { id, kind, metrics, instances, statuses, suspended } = resource
  const metric = metrics[name]
  if (metric === undefined || suspended) return []
  if (kind === 'service' ? OF_STORES.has(name) : OF_SERVICES.has(name)) return []
  const service = { field: 'service', value: id }
  const lines: [labels: Series['labels'], of: string][] = BY_INSTANCE.has(name)
    ? instances.map((instance) => [[service, { field: 'instance', value: instance }], instance])
    : name === 'http-requests' && query.get('aggregateBy') === 'statusCode'
      ? statuses.map((status) => [[service, { field: 'statusCode', value: status }], status])
      : name === 'http-latency'
        ? query.getAll('quantile').map((quantile) => [[service, { field: 'quantile', value: quantile }], quantile])
        : [[[service], '']]
  return lines.flatMap(([labels, of]) => {
    const values = times.flatMap((at): Value[] => {
      const value = metric(at, of)
      if (value === undefined) return []
      // Requests are counted while their bucket lasts.
      const share = name === 'http-requests' ? (Math.min(stepMs, now - at) / stepMs) * (stepMs / 60_000) : 1
      return [
        { timestamp: new Date(at).toISOString(), value: name === 'http-requests' ? Math.floor(value * share) : value },
      ]
    })
    return values.length === 0 ? [] : [{ labels, unit, values }]
  })
}

function timesOf(from: number, to: number, stepMs: number): number[] {
  const first = Math.ceil(from / stepMs) * stepMs
  return Array.from(
    { length: Math.max(0, Math.floor((to - first) / stepMs) + 1) },
    (_, index) => first + index * stepMs,
  )
}

function timeIn(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name)
  if (text === null) return otherwise
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text))
    throw new MetricsRefused(400, `${name} must be a date-time`)
  return Date.parse(text)
}
