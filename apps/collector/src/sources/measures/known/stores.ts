import type { Rule } from '../rule.ts'
import { ownNames } from './own.ts'

const POOL = { pool: ['pool', 'pool_name', 'db_client_connection_pool_name', 'db_client_connections_pool_name'] }
const USED = { state: /^used$/, db_client_connections_state: /^$/, db_client_connection_state: /^$/ }

/** A figure of a pool with a name, and of one without. */
const ofPool = (rule: Rule): Rule[] => [{ ...rule, by: POOL }, rule]

/** The application's own pools: SQLAlchemy's as people call them, OpenTelemetry's, pgbouncer's. */
const POOLS: readonly Rule[] = [
  ...ofPool({
    metric: 'db.pool.in_use',
    name: ownNames(
      '(sqlalchemy|db|database)_(connection_)?pool_(connections_)?(checked_?out|in_use|used|active)(_connections)?',
    ),
    as: 'gauge',
  }),
  ...ofPool({ metric: 'db.pool.in_use', name: /^db_client_connections?_(usage|count)$/, as: 'gauge', where: USED }),
  ...ofPool({
    metric: 'db.pool.in_use',
    name: /^db_client_connections?_(usage|count)$/,
    as: 'gauge',
    where: { db_client_connection_state: /^used$/ },
  }),
  ...ofPool({
    metric: 'db.pool.size',
    name: ownNames('(sqlalchemy|db|database)_(connection_)?pool_(size|max_size|max)'),
    as: 'gauge',
  }),
  ...ofPool({ metric: 'db.pool.size', name: /^db_client_connections?_max$/, as: 'gauge' }),
  ...ofPool({
    metric: 'db.pool.overflow',
    name: ownNames('(sqlalchemy|db|database)_(connection_)?pool_max_overflow'),
    as: 'gauge',
  }),
  ...ofPool({
    metric: 'db.pool.waiting',
    name: ownNames('(sqlalchemy|db|database)_(connection_)?pool_(waiting|waiters|pending)(_requests)?'),
    as: 'gauge',
  }),
  ...ofPool({ metric: 'db.pool.waiting', name: /^db_client_connections?_pending_requests$/, as: 'gauge' }),
  // HikariCP's, as Micrometer tells it.
  ...ofPool({ metric: 'db.pool.in_use', name: /^hikaricp_connections_active$/, as: 'gauge' }),
  ...ofPool({ metric: 'db.pool.size', name: /^hikaricp_connections_max$/, as: 'gauge' }),
  ...ofPool({ metric: 'db.pool.waiting', name: /^hikaricp_connections_pending$/, as: 'gauge' }),
  { metric: 'db.pool.in_use', name: /^pgbouncer_pools_server_active_connections$/, as: 'gauge' },
  { metric: 'db.pool.waiting', name: /^pgbouncer_pools_client_waiting_connections$/, as: 'gauge' },
  {
    metric: 'redis.pool.in_use',
    name: ownNames('redis_(connection_)?pool_(in_use|used|active)(_connections)?'),
    as: 'gauge',
  },
  {
    metric: 'redis.pool.size',
    name: ownNames('redis_(connection_)?pool_(size|max_size|max|max_connections)'),
    as: 'gauge',
  },
]

/** PostgreSQL, as postgres_exporter tells it. */
const POSTGRES: readonly Rule[] = [
  { metric: 'healthy', name: /^pg_up$/, as: 'gauge', reduce: 'min' },
  { metric: 'db.connections', name: /^pg_stat_activity_count$/, as: 'gauge' },
  { metric: 'db.connections', name: /^pg_stat_database_numbackends$/, as: 'gauge' },
  { metric: 'part.db_max_connections', name: /^pg_settings_max_connections$/, as: 'gauge', reduce: 'max' },
  {
    metric: 'part.db_reserved_connections',
    name: /^pg_settings_(superuser_)?reserved_connections$/,
    as: 'gauge',
    together: true,
  },
  {
    metric: 'db.transaction.longest_seconds',
    name: /^pg_stat_activity_max_tx_duration$/,
    as: 'gauge',
    reduce: 'max',
    where: { state: /^(active|idle in transaction.*|)$/ },
  },
  { metric: 'uptime.seconds', name: /^pg_postmaster_start_time_seconds$/, as: 'since', reduce: 'max' },
  { metric: 'db.size_bytes', name: /^pg_database_size_bytes$/, as: 'gauge' },
  { metric: 'db.deadlocks_per_minute', name: /^pg_stat_database_deadlocks(_total)?$/, as: 'counter' },
  { metric: 'db.replication.lag_seconds', name: /^pg_replication_lag(_seconds)?$/, as: 'gauge', reduce: 'max' },
]

/** MySQL and MariaDB, as mysqld_exporter tells them. */
const MYSQL: readonly Rule[] = [
  { metric: 'db.connections', name: /^mysql_global_status_threads_connected$/, as: 'gauge' },
  { metric: 'part.db_max_connections', name: /^mysql_global_variables_max_connections$/, as: 'gauge', reduce: 'max' },
  { metric: 'uptime.seconds', name: /^mysql_global_status_uptime$/, as: 'gauge', reduce: 'min' },
  {
    metric: 'db.deadlocks_per_minute',
    name: /^mysql_global_status_innodb_deadlocks$/,
    as: 'counter',
  },
  {
    metric: 'db.connections.refused_per_minute',
    name: /^mysql_global_status_connection_errors_total$/,
    as: 'counter',
    where: { error: /^max_connections$/ },
  },
]

/** Redis, as redis_exporter tells it. */
const REDIS: readonly Rule[] = [
  { metric: 'healthy', name: /^redis_up$/, as: 'gauge', reduce: 'min' },
  { metric: 'redis.clients', name: /^redis_connected_clients$/, as: 'gauge' },
  { metric: 'redis.clients.limit', name: /^redis_(config_maxclients|max_clients)$/, as: 'gauge', reduce: 'max' },
  { metric: 'redis.blocked_clients', name: /^redis_blocked_clients$/, as: 'gauge' },
  { metric: 'redis.memory_bytes', name: /^redis_memory_used_bytes$/, as: 'gauge' },
  { metric: 'redis.commands_per_minute', name: /^redis_commands_processed_total$/, as: 'counter' },
  { metric: 'redis.evicted_per_minute', name: /^redis_evicted_keys_total$/, as: 'counter' },
  { metric: 'redis.rejected_per_minute', name: /^redis_rejected_connections_total$/, as: 'counter' },
  { metric: 'part.redis_memory', name: /^redis_memory_used_bytes$/, as: 'gauge' },
  { metric: 'part.redis_memory_limit', name: /^redis_memory_max_bytes$/, as: 'gauge' },
  { metric: 'uptime.seconds', name: /^redis_uptime_in_seconds$/, as: 'gauge', reduce: 'min' },
]

export const STORES: readonly Rule[] = [...POOLS, ...POSTGRES, ...MYSQL, ...REDIS]
