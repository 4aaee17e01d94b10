/** The unit a metric is kept in. Percent is 0-100, time is seconds, size is bytes, rates are per minute. */
export type Unit =
  | 'percent'
  | 'seconds'
  | 'bytes'
  | 'bytes_per_second'
  | 'per_minute'
  | 'count'
  | 'bool'
  | 'load'
  | 'none'

export type Metric = {
  unit: Unit
  /** What it says, in words for a screen. */
  title: string
  /** Which direction is good; undefined where neither is. */
  better?: 'lower' | 'higher'
  /** Every source that gives it says something of its own, so that none stands for the others: each is judged. */
  everySource?: true
}

/** The catalogue of canonical metrics: extend it, never fork it. A name outside it is a value kept under its own path. */
export const METRICS = {
  up: { unit: 'bool', title: 'Answers', better: 'higher' },
  healthy: { unit: 'bool', title: 'Says it is healthy', better: 'higher' },
  'checks.unsaid': { unit: 'count', title: 'Parts not well, though it says it is', better: 'lower', everySource: true },
  'probe.seconds': { unit: 'seconds', title: 'Time to answer', better: 'lower' },
  'uptime.seconds': { unit: 'seconds', title: 'Uptime' },
  'restarts.total': { unit: 'count', title: 'Restarts', better: 'lower' },
  'restarts.per_minute': { unit: 'per_minute', title: 'Restarts', better: 'lower' },
  'kills.total': { unit: 'count', title: 'Killed, out of memory', better: 'lower' },
  'sessions.active': { unit: 'count', title: 'Sessions' },
  'sessions.limit': { unit: 'count', title: 'Session limit' },
  'sessions.memory_bytes': { unit: 'bytes', title: 'Memory of the sessions', better: 'lower' },
  'users.active': { unit: 'count', title: 'People' },
  'users.limit': { unit: 'count', title: 'People limit' },
  'users.used_percent': { unit: 'percent', title: 'People, share of the limit' },
  'threads.active': { unit: 'count', title: 'Threads' },
  'processes.active': { unit: 'count', title: 'Processes' },
  'memory.used_percent': { unit: 'percent', title: 'Memory', better: 'lower' },
  'memory.used_bytes': { unit: 'bytes', title: 'Memory used', better: 'lower' },
  'memory.limit_bytes': { unit: 'bytes', title: 'Memory limit' },
  'cpu.used_percent': { unit: 'percent', title: 'CPU', better: 'lower' },
  'cpu.used_cores': { unit: 'count', title: 'CPU cores used', better: 'lower' },
  'load.1m': { unit: 'load', title: 'Load, 1 minute', better: 'lower' },
  'disk.used_percent': { unit: 'percent', title: 'Disk', better: 'lower' },
  'requests.per_minute': { unit: 'per_minute', title: 'Requests' },
  'requests.in_flight': { unit: 'count', title: 'Requests in flight', better: 'lower' },
  'slots.limit': { unit: 'count', title: 'Request slots' },
  'errors.percent': { unit: 'percent', title: 'Errors', better: 'lower' },
  'responses.per_minute': { unit: 'per_minute', title: 'Responses by status' },
  'latency.p50_seconds': { unit: 'seconds', title: 'Response time, median', better: 'lower' },
  'latency.p95_seconds': { unit: 'seconds', title: 'Response time, 95th percentile', better: 'lower' },
  'upload.seconds': { unit: 'seconds', title: 'Upload time', better: 'lower' },
  'upstream.seconds': { unit: 'seconds', title: 'Upstream time', better: 'lower' },
  'upstream.requests_total': { unit: 'count', title: 'Upstream requests in all' },
  'upstream.requests_per_minute': { unit: 'per_minute', title: 'Upstream requests' },
  'upstream.rate_limited_per_minute': { unit: 'per_minute', title: 'Upstream 429', better: 'lower' },
  'upstream.limit_per_minute': { unit: 'per_minute', title: 'Upstream limit' },
  'db.pool.in_use': { unit: 'count', title: 'DB pool in use', better: 'lower' },
  'db.pool.size': { unit: 'count', title: 'DB pool size' },
  'db.pool.overflow': { unit: 'count', title: 'DB pool overflow allowed' },
  'db.pool.limit': { unit: 'count', title: 'DB pool size and overflow' },
  'db.pool.waiting': { unit: 'count', title: 'Waiting for the DB pool', better: 'lower' },
  'db.pool.wait_seconds': { unit: 'seconds', title: 'Longest wait for the DB pool', better: 'lower' },
  'db.clients': { unit: 'count', title: 'Clients of the DB pooler', better: 'lower' },
  'db.clients.limit': { unit: 'count', title: 'Client limit of the DB pooler' },
  'db.connections': { unit: 'count', title: 'DB connections', better: 'lower' },
  'db.connections.limit': { unit: 'count', title: 'DB connection limit' },
  'db.connections.refused_per_minute': { unit: 'per_minute', title: 'DB connections refused', better: 'lower' },
  'db.transaction.longest_seconds': { unit: 'seconds', title: 'Longest transaction', better: 'lower' },
  'db.transaction.idle_seconds': { unit: 'seconds', title: 'Longest idle in a transaction', better: 'lower' },
  'db.transactions_per_minute': { unit: 'per_minute', title: 'DB transactions' },
  'db.locks.waiting': { unit: 'count', title: 'Waiting for a DB lock', better: 'lower' },
  'db.locks.longest_seconds': { unit: 'seconds', title: 'Longest wait for a DB lock', better: 'lower' },
  'db.deadlocks_per_minute': { unit: 'per_minute', title: 'DB deadlocks', better: 'lower' },
  'db.size_bytes': { unit: 'bytes', title: 'Database size' },
  'db.replication.lag_seconds': { unit: 'seconds', title: 'DB replica behind', better: 'lower' },
  'db.uptime_seconds': { unit: 'seconds', title: 'DB uptime' },
  'redis.pool.in_use': { unit: 'count', title: 'Redis pool in use', better: 'lower' },
  'redis.pool.size': { unit: 'count', title: 'Redis pool size' },
  'redis.pool.waiting': { unit: 'count', title: 'Waiting for the Redis pool', better: 'lower' },
  'redis.clients': { unit: 'count', title: 'Redis clients', better: 'lower' },
  'redis.clients.limit': { unit: 'count', title: 'Redis client limit' },
  'redis.memory_percent': { unit: 'percent', title: 'Redis memory', better: 'lower' },
  'redis.memory_bytes': { unit: 'bytes', title: 'Redis memory used', better: 'lower' },
  'redis.memory_limit_bytes': { unit: 'bytes', title: 'Redis memory limit' },
  'redis.ping_seconds': { unit: 'seconds', title: 'Time Redis takes to answer', better: 'lower' },
  'redis.commands_per_minute': { unit: 'per_minute', title: 'Redis commands' },
  'redis.evicted_per_minute': { unit: 'per_minute', title: 'Keys Redis threw out', better: 'lower' },
  'redis.uptime_seconds': { unit: 'seconds', title: 'Redis uptime' },
  'redis.blocked_clients': { unit: 'count', title: 'Blocked Redis clients' },
  'redis.rejected_per_minute': { unit: 'per_minute', title: 'Rejected Redis connections', better: 'lower' },
  'queue.length': { unit: 'count', title: 'Job queue length', better: 'lower' },
  'queue.oldest_seconds': { unit: 'seconds', title: 'Oldest waiting job', better: 'lower' },
  'queue.reserved': { unit: 'count', title: 'Tasks held by workers' },
  'jobs.running': { unit: 'count', title: 'Jobs running' },
  'jobs.longest_seconds': { unit: 'seconds', title: 'Longest running job', better: 'lower' },
  'jobs.finished_per_minute': { unit: 'per_minute', title: 'Jobs finished', better: 'higher' },
  'jobs.failed_per_minute': { unit: 'per_minute', title: 'Jobs failed', better: 'lower' },
  'jobs.duration_p50_seconds': { unit: 'seconds', title: 'Job time, median', better: 'lower' },
  'workers.total': { unit: 'count', title: 'Workers' },
  'workers.busy': { unit: 'count', title: 'Workers busy' },
  'workers.dead': { unit: 'count', title: 'Workers dead', better: 'lower' },
  'replicas.ready': { unit: 'count', title: 'Replicas ready', better: 'higher' },
  'replicas.desired': { unit: 'count', title: 'Replicas wanted' },
  'rollout.in_progress': { unit: 'bool', title: 'Rollout under way' },
  'rollout.stuck': { unit: 'bool', title: 'Rollout stuck', better: 'lower' },
  'pods.waiting': { unit: 'count', title: 'Pods that cannot start', better: 'lower' },
  'instances.count': { unit: 'count', title: 'Instances' },
  'log.matches_per_minute': { unit: 'per_minute', title: 'Log lines matched', everySource: true },
  'log.good_signs_per_minute': { unit: 'per_minute', title: 'Good signs in the log', everySource: true },
  'gunicorn.log.per_minute': { unit: 'per_minute', title: 'Lines in the log of gunicorn' },
  'statsd.malformed_per_minute': { unit: 'per_minute', title: 'StatsD that could not be read', better: 'lower' },
  'log.lines_per_minute': { unit: 'per_minute', title: 'Log lines', everySource: true },
  'advice.warnings': { unit: 'count', title: 'Its own warnings', better: 'lower' },
  'advice.criticals': { unit: 'count', title: 'Its own critical advice', better: 'lower' },
  'cache.items': { unit: 'count', title: 'Cache items' },
  'cache.bytes': { unit: 'bytes', title: 'Cache size' },
  'streams.open': { unit: 'count', title: 'Open streams' },
  'streams.queue': { unit: 'count', title: 'Longest stream queue', better: 'lower' },
  'streams.oldest_idle_seconds': { unit: 'seconds', title: 'Longest idle stream', better: 'lower' },
  'network.in_bytes_per_second': { unit: 'bytes_per_second', title: 'Network in' },
  'network.out_bytes_per_second': { unit: 'bytes_per_second', title: 'Network out' },
} as const satisfies Record<string, Metric>

export type MetricName = keyof typeof METRICS

const CATALOGUE: Readonly<Record<string, Metric>> = METRICS

/** The catalogue's entry for a name, or undefined for a value kept under its own path. */
export function catalogued(name: string): Metric | undefined {
  return Object.hasOwn(CATALOGUE, name) ? CATALOGUE[name] : undefined
}

/**
 * Rounds a value as it is stored, judged and shown, so that all three agree: catalogue metrics keep
 * 3 decimals, others 6 significant digits. Precision a person can read; full doubles cost twice the disk.
 */
export function roundValue(metric: string, value: number): number {
  if (Number.isInteger(value)) return value
  return catalogued(metric) === undefined ? Number(value.toPrecision(6)) : Math.round(value * 1000) / 1000
}
