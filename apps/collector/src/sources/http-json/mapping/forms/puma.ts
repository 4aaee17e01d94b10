import { dictsIn, numberIn, sumOf } from './figures.ts'

/**
 * The control server of Puma, of one process or of a cluster: how many of its threads serve a request, and what waits for
 * one. It tells how many are left instead.
 */
export function plainPuma(document: object): object | undefined {
  const members = dictsIn(Reflect.get(document, 'worker_status')).flatMap((worker) =>
    dictsIn([Reflect.get(worker, 'last_status')]),
  )
  const cluster = 'booted_workers' in document
  const processes = (cluster ? members : [document]).filter((one) => 'pool_capacity' in one && 'max_threads' in one)
  if (processes.length === 0) return undefined
  const [limit, left] = [sumOf(processes, 'max_threads') ?? 0, sumOf(processes, 'pool_capacity') ?? 0]
  return {
    started_at: Reflect.get(document, 'started_at') as unknown,
    slots: { limit, in_use: Math.max(0, limit - left) },
    backlog: sumOf(processes, 'backlog'),
    threads_spawned: sumOf(processes, 'running'),
    requests_total: sumOf(processes, 'requests_count'),
    ...(cluster
      ? { processes: { count: numberIn(document, 'booted_workers') }, processes_wanted: numberIn(document, 'workers') }
      : {}),
  }
}
