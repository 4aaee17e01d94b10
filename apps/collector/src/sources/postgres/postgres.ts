import { openLater } from '../../lib/open-later.ts'
import type { SourceModule } from '../types.ts'
import { parseAddress, placeOf } from './address.ts'
import { PostgresOptions } from './schema.ts'

export const postgres: SourceModule<PostgresOptions> = {
  kind: 'postgres',
  title: 'PostgreSQL',
  about: 'A PostgreSQL server, or the pools of a PgBouncer before it.',
  gives: [
    'db.connections',
    'db.connections.limit',
    'db.connections.refused_per_minute',
    'db.transaction.longest_seconds',
    'db.transaction.idle_seconds',
    'db.transactions_per_minute',
    'db.locks.waiting',
    'db.locks.longest_seconds',
    'db.deadlocks_per_minute',
    'db.size_bytes',
    'db.replication.lag_seconds',
    'db.uptime_seconds',
    'db.clients',
    'db.clients.limit',
    'db.pool.in_use',
    'db.pool.size',
    'db.pool.overflow',
    'db.pool.limit',
    'db.pool.waiting',
    'db.pool.wait_seconds',
  ],
  schema: PostgresOptions,
  defaults: { everyMs: 5_000, timeoutMs: 5_000, maxSeries: 200, lagMs: 0 },
  describe: ({ url, pgbouncer }) => {
    const parsed = parseAddress(url)
    if (parsed.kind === 'problem') return '(not an address)'
    return placeOf(pgbouncer ? { ...parsed.address, database: 'pgbouncer' } : parsed.address)
  },
  open: (options, context) => openLater(async () => (await import('./poll.ts')).openPostgres(options, context)),
}
