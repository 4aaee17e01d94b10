import { dictsIn, numberIn, sumOf } from './figures.ts'

/**
 * The stats server of uWSGI. Its `load` is no load of the machine, and what each worker ever did stands in the worker:
 * added up, it is what the application did.
 */
export function plainUwsgi(document: object): object | undefined {
  if (!('listen_queue' in document) || !('workers' in document)) return undefined
  const workers = dictsIn(document.workers).filter((worker) => statusOf(worker) !== 'cheap')
  if (workers.length === 0 || !workers.every((worker) => 'respawn_count' in worker)) return undefined
  const cores = workers.flatMap((worker) => dictsIn(Reflect.get(worker, 'cores')))
  const sockets = dictsIn(Reflect.get(document, 'sockets'))
  const times = workers.flatMap((worker) => numberIn(worker, 'avg_rt') ?? []).filter((micros) => micros > 0)
  const memory = sumOf(workers, 'rss') ?? 0
  return {
    workers: { total: workers.length, busy: workers.filter((worker) => statusOf(worker) !== 'idle').length },
    // Each thread of a worker serves one request at a time.
    ...(cores.length === 0 ? {} : { slots: { limit: cores.length, in_use: sumOf(cores, 'in_request') } }),
    listen_queue: document.listen_queue,
    listen_queue_limit: sumOf(sockets, 'max_queue'),
    listen_queue_errors_total: numberIn(document, 'listen_queue_errors'),
    requests_total: sumOf(workers, 'requests'),
    exceptions_total: sumOf(workers, 'exceptions'),
    harakiri_total: sumOf(workers, 'harakiri_count'),
    respawns_total: sumOf(workers, 'respawn_count'),
    // It says 0 of both where it is not told to measure them.
    ...(times.length === 0 ? {} : { response_time_us: times.reduce((sum, micros) => sum + micros, 0) / times.length }),
    ...(memory === 0 ? {} : { memory_rss_bytes: memory }),
  }
}

function statusOf(worker: object): unknown {
  return Reflect.get(worker, 'status')
}
