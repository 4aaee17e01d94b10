/** What a name outside the tables says of its unit, and what its rate is called. */

const UNITS: readonly (readonly [RegExp, string])[] = [
  [/(^|[._])(seconds|timestamp)$/, 'seconds'],
  [/(^|[._])bytes$/, 'bytes'],
  [/(^|[._])percent(age)?$/, 'percent'],
]

/** The unit in which a series of one's own name is kept; `none` where its name says none. */
export function unitOfName(name: string): string {
  const bare = name.replace(/[._](total|sum|max|count|p50|p95)$/, '')
  return UNITS.find(([pattern]) => pattern.test(bare))?.[1] ?? 'none'
}

/** The name under which a counter's growth per minute is kept: `orders_total` is `orders_per_minute`. */
export function rateName(name: string): string {
  return `${name.replace(/[._]total$/, '')}${name.includes('.') && !name.includes('_') ? '.' : '_'}per_minute`
}

const MAX_NAME = 200

/** A name as a series may have it. */
export function safeName(name: string): string {
  return name.replace(/[^A-Za-z0-9_.:-]+/g, '_').slice(0, MAX_NAME)
}

/** Families that speak of the exporter or of the format and not of what is watched. */
const OF_THE_EXPORTER =
  /^(go_|promhttp_|python_|process_|node_scrape_collector_|node_textfile_|pg_settings_|pg_scrape_|pg_exporter_|postgres_exporter_|redis_exporter_|redis_config_|statsd_exporter_|celery_exporter_|scrape_)/

/** Families by which an exporter is known: what it says of its own process is not said of what it watches. */
const EXPORTER =
  /^[a-z]+_exporter_|^(redis|pg|mysql|pgbouncer|nginx|haproxy|rabbitmq|apache|memcached|mongodb|elasticsearch)_up$|^pushgateway_|^namedprocess_namegroup_|^probe_success$|^(node_boot_time_seconds|rq_jobs|rq_workers|celery_worker_up|celery_queue_length|celery_workers)$/

export function isExporterFamily(name: string): boolean {
  return EXPORTER.test(name)
}

export function speaksOfExporter(name: string): boolean {
  return OF_THE_EXPORTER.test(name)
}
