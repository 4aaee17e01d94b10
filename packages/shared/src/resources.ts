/** One thing a system can run out of: two metrics with a limit between them. */
export type Resource = {
  /** Also the key under `limits:` in headroom.yaml. */
  id: string
  title: string
  /** How much of it is used; the metrics are tried in order, the first one supplied counts. */
  used: readonly string[]
  /** Where the system itself reports the limit, if it does. Percent metrics carry their limit of 100 in themselves. */
  limit?: string
  unit: 'count' | 'bytes' | 'percent' | 'per_minute'
}

/** Resources in the order the screens show them. Limits in order: config, reported by the system, preset. */
export const RESOURCES: readonly Resource[] = [
  { id: 'sessions', title: 'Sessions', used: ['sessions.active'], limit: 'sessions.limit', unit: 'count' },
  { id: 'users', title: 'People', used: ['users.active'], limit: 'users.limit', unit: 'count' },
  { id: 'memory', title: 'Memory', used: ['memory.used_bytes'], limit: 'memory.limit_bytes', unit: 'bytes' },
  { id: 'memory_percent', title: 'Memory', used: ['memory.used_percent'], unit: 'percent' },
  { id: 'cpu', title: 'CPU', used: ['cpu.used_percent'], unit: 'percent' },
  { id: 'disk', title: 'Disk', used: ['disk.used_percent'], unit: 'percent' },
  { id: 'slots', title: 'Request slots', used: ['requests.in_flight'], limit: 'slots.limit', unit: 'count' },
  {
    id: 'upstream_per_minute',
    title: 'Upstream calls',
    used: ['upstream.requests_per_minute'],
    limit: 'upstream.limit_per_minute',
    unit: 'per_minute',
  },
  { id: 'db_pool', title: 'DB pool', used: ['db.pool.in_use'], limit: 'db.pool.limit', unit: 'count' },
  {
    id: 'db_connections',
    title: 'DB connections',
    used: ['db.connections'],
    limit: 'db.connections.limit',
    unit: 'count',
  },
  { id: 'redis_pool', title: 'Redis pool', used: ['redis.pool.in_use'], limit: 'redis.pool.size', unit: 'count' },
  { id: 'redis_clients', title: 'Redis clients', used: ['redis.clients'], limit: 'redis.clients.limit', unit: 'count' },
  { id: 'redis_memory', title: 'Redis memory', used: ['redis.memory_percent'], unit: 'percent' },
  { id: 'db_clients', title: 'DB pooler clients', used: ['db.clients'], limit: 'db.clients.limit', unit: 'count' },
  { id: 'workers', title: 'Workers', used: ['workers.busy'], limit: 'workers.total', unit: 'count' },
  { id: 'processes', title: 'Processes', used: ['processes.active'], unit: 'count' },
]

export function resourceById(id: string): Resource | undefined {
  return RESOURCES.find((resource) => resource.id === id)
}
