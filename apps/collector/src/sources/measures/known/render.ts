import type { Rule } from '../rule.ts'

const MINUTE_MS = 60_000
const HTTP = /^render_service_http_requests_total$/
const LATENCY = /^render_service_http_requests_latency$/
/** Of HTTP the instance is the service itself, for it is counted for all of them. */
const REPLICATION = /^render_postgres_replication_(apply_)?lag$/

/** Latency comes as quantiles that Render has reckoned; of several hosts and statuses the slowest counts. */
const latency = (metric: 'latency.p50_seconds' | 'latency.p95_seconds', quantile: RegExp): Rule => ({
  metric,
  name: LATENCY,
  as: 'gauge',
  reduce: 'max',
  where: { quantile },
})

/** Render's metrics streams. */
export const RENDER: readonly Rule[] = [
  { metric: 'memory.used_bytes', name: /^render_service_memory_usage$/, as: 'gauge' },
  { metric: 'memory.limit_bytes', name: /^render_service_memory_limit$/, as: 'gauge' },
  { metric: 'part.cpu_cores_used', name: /^render_service_cpu_time$/, as: 'per_second' },
  { metric: 'part.cpu_cores', name: /^render_service_cpu_limit$/, as: 'gauge' },
  { metric: 'part.disk_used', name: /^render_service_disk_usage$/, as: 'gauge' },
  { metric: 'part.disk_size', name: /^render_service_disk_capacity$/, as: 'gauge' },
  { metric: 'network.in_bytes_per_second', name: /^render_service_network_receive_bytes$/, as: 'per_second' },
  { metric: 'network.out_bytes_per_second', name: /^render_service_network_transmit_bytes$/, as: 'per_second' },
  { metric: 'requests.per_minute', name: HTTP, as: 'counter' },
  { metric: 'responses.per_minute', name: HTTP, as: 'counter', by: { status: ['status_code'] } },
  { metric: 'part.failures', name: HTTP, as: 'per_second', windowMs: MINUTE_MS, where: { status_code: /^5/ } },
  { metric: 'part.responses', name: HTTP, as: 'per_second', windowMs: MINUTE_MS },
  latency('latency.p50_seconds', /^0?\.50?$/),
  latency('latency.p95_seconds', /^0?\.95$/),
  { metric: 'redis.clients', name: /^render_keyvalue_connections$/, as: 'gauge' },
  { metric: 'redis.clients.limit', name: /^render_keyvalue_connection_limit$/, as: 'gauge' },
  { metric: 'db.connections', name: /^render_postgres_connections$/, as: 'gauge' },
  { metric: 'db.connections.limit', name: /^render_postgres_connection_limit$/, as: 'gauge' },
  {
    metric: 'render_postgres_replication_lag_seconds',
    name: REPLICATION,
    as: 'gauge',
    reduce: 'max',
    unit: 'seconds',
  },
]
