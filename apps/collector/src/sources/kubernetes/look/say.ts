import type { Ends } from './ends.ts'
import type { PodFigures } from './pod-figures.ts'
import type { Sheet } from '../sheet.ts'
import type { Workload } from './workload.ts'

export type Said = {
  workloads: readonly Workload[]
  /** Undefined where pods could not be listed. */
  pods:
    | {
        byWorkload: ReadonlyMap<string, readonly PodFigures[]>
        endsOf(name: string): Ends
        waitingOf(name: string): number
      }
    | undefined
  workers: ReadonlySet<string>
  maxSeries: number
}

/** What a pod gives at most, and what stands for all pods of a workload where there is no room for each. */
const SERIES_OF_POD = 6
const SERIES_OF_WORST = 5

/**
 * Writes the values: workloads first, then pods. Where `maxSeries` leaves no room for each pod of a workload, the
 * one nearest to its limit stands for all, so that no flag goes blind. Gives the number of series left out.
 */
export function sayAll(sheet: Sheet, { workloads, pods, workers, maxSeries }: Said): number {
  for (const workload of workloads) sayWorkload(sheet, workload, workers.has(workload.called))
  if (pods === undefined) return 0
  const names = [...new Set([...workloads.map(({ name }) => name), ...pods.byWorkload.keys()])]
  for (const name of names) sayEnds(sheet, name, pods.endsOf(name), pods.waitingOf(name))
  const groups = names.map((name) => ({ name, figures: pods.byWorkload.get(name) ?? [] }))
  const limitsKnown = groups.every(({ figures }) =>
    figures.every(({ bytes, limitBytes }) => bytes === undefined || limitBytes !== undefined),
  )
  let room = maxSeries - sheet.points.length - SERIES_OF_WORST * groups.length
  let leftOut = 0
  for (const { name, figures } of groups) {
    const wanted = SERIES_OF_POD * figures.length
    if (wanted <= room + SERIES_OF_WORST) {
      room -= wanted - SERIES_OF_WORST
      for (const each of figures) sayPod(sheet, name, each, limitsKnown)
    } else {
      leftOut += wanted - SERIES_OF_WORST
      sayWorst(sheet, name, figures, limitsKnown)
    }
  }
  return leftOut
}

function sayWorkload(sheet: Sheet, workload: Workload, isWorkers: boolean): void {
  const { name, ready, desired, inProgress, hasDeadline, stuck } = workload
  const path = (what: string): string => `${name}: ${what}`
  const labels = { service: name }
  sheet.gauge(path('ready'), isWorkers ? 'workers.total' : 'replicas.ready', ready, labels)
  sheet.gauge(path('desired'), 'replicas.desired', desired, labels)
  sheet.gauge(path('rollout under way'), 'rollout.in_progress', inProgress ? 1 : 0, labels)
  if (hasDeadline) sheet.gauge(path('rollout stuck'), 'rollout.stuck', stuck === undefined ? 0 : 1, labels)
}

function sayEnds(sheet: Sheet, name: string, { restarts, kills, killsFrom }: Ends, waiting: number): void {
  const labels = { service: name }
  if (killsFrom !== undefined) sheet.past('kills.total', 0, labels, killsFrom)
  sheet.counter(`${name}: restarts`, 'restarts.per_minute', restarts, labels)
  sheet.gauge(`${name}: killed, out of memory`, 'kills.total', kills, labels)
  sheet.gauge(`${name}: pods that cannot start`, 'pods.waiting', waiting, labels)
}

function sayPod(sheet: Sheet, service: string, figures: PodFigures, limitsKnown: boolean): void {
  const { pod, at, cpuPercent, cores, memoryPercent, bytes, limitBytes, uptimeSeconds } = figures
  const labels = { service, instance: pod }
  sheet.gauge(`${pod}: CPU of its limit`, 'cpu.used_percent', cpuPercent, labels, at)
  sheet.gauge(`${pod}: CPU`, 'cpu.used_cores', cores, labels, at)
  sheet.gauge(`${pod}: memory of its limit`, 'memory.used_percent', memoryPercent, labels, at)
  sheet.gauge(`${pod}: memory`, 'memory.used_bytes', bytes, labels, at)
  // Limits are added up beside what is used: without all of them the sum would say too little.
  if (limitsKnown) sheet.gauge(`${pod}: memory limit`, 'memory.limit_bytes', limitBytes, labels, at)
  sheet.gauge(`${pod}: uptime`, 'uptime.seconds', uptimeSeconds, labels)
}

function sayWorst(sheet: Sheet, service: string, figures: readonly PodFigures[], limitsKnown: boolean): void {
  const cpu = worst(figures, ({ cpuPercent }) => cpuPercent) ?? worst(figures, ({ cores }) => cores)
  const memory = worst(figures, ({ memoryPercent }) => memoryPercent) ?? worst(figures, ({ bytes }) => bytes)
  const labels = { service }
  if (cpu !== undefined) {
    sheet.gauge(`${service}: CPU of its limit, worst pod`, 'cpu.used_percent', cpu.cpuPercent, labels, cpu.at)
    sheet.gauge(`${service}: CPU, the same pod`, 'cpu.used_cores', cpu.cores, labels, cpu.at)
  }
  if (memory === undefined) return
  sheet.gauge(
    `${service}: memory of its limit, worst pod`,
    'memory.used_percent',
    memory.memoryPercent,
    labels,
    memory.at,
  )
  sheet.gauge(`${service}: memory, the same pod`, 'memory.used_bytes', memory.bytes, labels, memory.at)
  if (limitsKnown)
    sheet.gauge(`${service}: memory limit, the same pod`, 'memory.limit_bytes', memory.limitBytes, labels, memory.at)
}

function worst(
  figures: readonly PodFigures[],
  of: (figures: PodFigures) => number | undefined,
): PodFigures | undefined {
  return figures.reduce<PodFigures | undefined>((least, each) => {
    const value = of(each)
    return value === undefined || (least !== undefined && (of(least) ?? 0) >= value) ? least : each
  }, undefined)
}
