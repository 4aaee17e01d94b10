/**
 * What is asked in every look, in one message. It runs as one transaction of its own, so that nothing of it stays in a
 * session that a pooler gives to somebody else: read-only, and each statement bounded.
 */
export function lookText(timeoutMs: number): string {
  return [
    'SET TRANSACTION READ ONLY',
    `SET LOCAL statement_timeout = ${Math.max(100, Math.floor(timeoutMs * 0.8))}`,
    SETTINGS,
    ACTIVITY,
    DATABASE,
  ].join(';\n')
}

/** Ordinary roles may use what is neither kept for superusers nor, since version 16, for pg_use_reserved_connections. */
const SETTINGS = `
SELECT current_setting('max_connections') AS max_connections,
       current_setting('superuser_reserved_connections') AS superuser_reserved,
       coalesce(current_setting('reserved_connections', true), '0') AS reserved,
       current_setting('server_version') AS version,
       pg_is_in_recovery() AS standby,
       extract(epoch FROM clock_timestamp() - pg_postmaster_start_time()) AS uptime,
       current_user AS who,
       pg_has_role('pg_read_all_stats', 'USAGE') AS sees_all`

/**
 * The connections that count against max_connections. Ours is idle but for this very question. Of others' connections a
 * role without pg_read_all_stats sees that they are there, and neither what they are nor what they do.
 */
const ACTIVITY = `
SELECT CASE WHEN pid = pg_backend_pid() THEN 'idle' ELSE coalesce(state, 'unknown') END AS state,
       count(*) AS connections,
       count(*) FILTER (WHERE wait_event_type = 'Lock') AS waiting,
       extract(epoch FROM max(clock_timestamp() - query_start) FILTER (WHERE wait_event_type = 'Lock')) AS longest_wait,
       extract(epoch FROM max(clock_timestamp() - xact_start)
         FILTER (WHERE pid <> pg_backend_pid())) AS longest_transaction,
       extract(epoch FROM max(clock_timestamp() - state_change)
         FILTER (WHERE state LIKE 'idle in transaction%')) AS longest_idle
FROM pg_stat_activity
WHERE backend_type = 'client backend' OR (backend_type IS NULL AND datid IS NOT NULL)
GROUP BY 1`

const DATABASE = `
SELECT deadlocks, xact_commit + xact_rollback AS transactions
FROM pg_stat_database WHERE datname = current_database()`

/** How far replicas are behind: of a primary the one farthest, of a replica itself. Not every service has these functions. */
export const REPLICATION = `
SET TRANSACTION READ ONLY;
SELECT count(*) AS replicas, extract(epoch FROM max(replay_lag)) AS lag FROM pg_stat_replication;
SELECT CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
            ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) END AS lag
WHERE pg_is_in_recovery()`

/** It looks at every file of the database, so it is asked seldom. */
export const SIZE = `
SET TRANSACTION READ ONLY;
SET LOCAL statement_timeout = 2000;
SELECT pg_database_size(current_database()) AS bytes`
