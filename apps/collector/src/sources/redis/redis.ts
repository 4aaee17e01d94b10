import { openLater } from '../../lib/open-later.ts'
import type { SourceModule } from '../types.ts'
import { parseAddress, placeOf } from './address.ts'
import { RedisOptions } from './schema.ts'

export const redis: SourceModule<RedisOptions> = {
  kind: 'redis',
  title: 'Redis and job queues',
  about: 'A Redis or Valkey server, and the RQ, Celery or BullMQ queues in it.',
  gives: [
    'redis.clients',
    'redis.clients.limit',
    'redis.blocked_clients',
    'redis.rejected_per_minute',
    'redis.memory_bytes',
    'redis.memory_limit_bytes',
    'redis.memory_percent',
    'redis.evicted_per_minute',
    'redis.commands_per_minute',
    'redis.ping_seconds',
    'redis.uptime_seconds',
    'redis.pool.in_use',
    'redis.pool.size',
    'queue.length',
    'queue.oldest_seconds',
    'queue.reserved',
    'jobs.running',
    'jobs.longest_seconds',
    'jobs.finished_per_minute',
    'jobs.failed_per_minute',
    'jobs.duration_p50_seconds',
    'workers.total',
    'workers.busy',
    'workers.dead',
  ],
  schema: RedisOptions,
  defaults: { everyMs: 5_000, timeoutMs: 5_000, maxSeries: 200, lagMs: 0 },
  describe: ({ url }) => {
    const parsed = parseAddress(url)
    return parsed.kind === 'address' ? placeOf(parsed.address) : '(not an address)'
  },
  open: (options, context) => openLater(async () => (await import('./poll.ts')).openRedis(options, context)),
}
