import type { ContainerStats, TaskContainer, TaskMetadata, TaskStats } from './task-metadata.ts'

/** What a task uses of what it may, as far as it is known. */
export type TaskUsage = {
  memoryBytes: number | undefined
  memoryLimitBytes: number | undefined
  cpuCores: number | undefined
  cpuLimitCores: number | undefined
}

const MEBIBYTE = 2 ** 20

/** The containers that people put into the task; the agent adds some of its own. */
export function ownContainers({ Containers }: TaskMetadata): TaskContainer[] {
  return Containers.filter(({ Type }) => Type === 'NORMAL')
}

/** `before`: the stats of the look before, for CPU is what was used between two. */
export function usageOf(task: TaskMetadata, stats: TaskStats, before: TaskStats | undefined): TaskUsage {
  const containers = ownContainers(task)
  const known = containers.flatMap(({ DockerId }) => {
    const now = stats[DockerId]
    return now === null || now === undefined ? [] : [{ now, past: before?.[DockerId] ?? undefined }]
  })
  const online = Math.max(0, ...known.map(({ now }) => now.cpu_stats?.online_cpus ?? 0))
  return {
    memoryBytes: total(known.map(({ now }) => memoryOf(now))),
    memoryLimitBytes: memoryLimit(task, containers),
    cpuCores: total(known.map(({ now, past }) => coresOf(now, past))),
    cpuLimitCores: task.Limits?.CPU ?? (online > 0 ? online : undefined),
  }
}

/** What can be dropped at once is no use of memory: it is what Docker itself subtracts. */
function memoryOf({ memory_stats: memory }: ContainerStats): number | undefined {
  if (memory?.usage === undefined) return undefined
  const { inactive_file: inactive, total_inactive_file: inactiveV1, cache } = memory.stats ?? {}
  return Math.max(0, memory.usage - (inactiveV1 ?? inactive ?? cache ?? 0))
}

/** The limit of the task, or of its containers where each has one. Docker's own number may be the machine's, or no limit. */
function memoryLimit(task: TaskMetadata, containers: readonly TaskContainer[]): number | undefined {
  const limits = containers.map(({ Limits }) => Limits?.Memory)
  const mebibytes = task.Limits?.Memory ?? total(limits.map((limit) => (limit === 0 ? undefined : limit)))
  return mebibytes === undefined || mebibytes <= 0 ? undefined : mebibytes * MEBIBYTE
}

function coresOf(
  { cpu_stats: now, precpu_stats: docker }: ContainerStats,
  past: ContainerStats | undefined,
): number | undefined {
  const from = past?.cpu_stats ?? docker
  const used = difference(now?.cpu_usage?.total_usage, from?.cpu_usage?.total_usage)
  const passed = difference(now?.system_cpu_usage, from?.system_cpu_usage)
  if (used === undefined || passed === undefined || passed <= 0 || used < 0) return undefined
  return (used / passed) * (now?.online_cpus ?? 1)
}

function difference(now: number | undefined, then: number | undefined): number | undefined {
  return now === undefined || then === undefined || then === 0 ? undefined : now - then
}

/** A sum of which a part is unknown is unknown. */
function total(parts: readonly (number | undefined)[]): number | undefined {
  let sum = 0
  for (const part of parts) {
    if (part === undefined) return undefined
    sum += part
  }
  return parts.length === 0 ? undefined : sum
}
