/** What begins like this is named by an exporter or a runtime, and means there what its own rules say. */
const TAKEN =
  'node|nodejs|pg|postgres|redis_(?!pool|connection_pool)|rq|celery|go|process|promhttp|prometheus|python|statsd_exporter|pgbouncer|kube|container|mysql|nginx|apache|haproxy|alertmanager|rabbitmq|apiserver|etcd|otelcol|jvm|net|scrape'

/** The names that applications give to a thing themselves, with whatever they put before it. */
export function ownNames(pattern: string, without = ''): RegExp {
  return new RegExp(`^(?!(?:${TAKEN})_)${without}(?:.*_)?(?:${pattern})$`)
}
