import { cpus } from 'node:os'
import type { ContainerLimits } from './cgroup.ts'

export type CpuMeter = {
  /** Percent of what may be used, since the call before; undefined when too little time has passed. */
  usedPercent(limits: ContainerLimits, atMs: number): number | undefined
}

const LEAST_MS = 200

/**
 * CPU in percent of the container's quota, or of the machine. From `os.cpus()` rather than systeminformation, whose
 * `currentLoad` runs a shell synchronously each time and stops the whole collector for some 13 ms.
 */
export function createCpuMeter(readCpus: typeof cpus = cpus): CpuMeter {
  let machine = machineTimes(readCpus())
  let container: { cpuSeconds: number; atMs: number } | undefined

  return {
    usedPercent({ cpu }, atMs) {
      const before = { machine, container }
      machine = machineTimes(readCpus())
      container = cpu === undefined ? undefined : { cpuSeconds: cpu.cpuSeconds, atMs }
      if (cpu !== undefined && cpu.cores < machine.count) {
        const elapsed = before.container === undefined ? 0 : atMs - before.container.atMs
        return before.container === undefined || elapsed < LEAST_MS
          ? undefined
          : percent(cpu.cpuSeconds - before.container.cpuSeconds, (elapsed / 1_000) * cpu.cores)
      }
      const total = machine.total - before.machine.total
      return total < LEAST_MS ? undefined : percent(total - (machine.idle - before.machine.idle), total)
    },
  }
}

function machineTimes(all: ReturnType<typeof cpus>): { total: number; idle: number; count: number } {
  let total = 0
  let idle = 0
  for (const { times } of all) {
    total += times.user + times.nice + times.sys + times.irq + times.idle
    idle += times.idle
  }
  return { total, idle, count: all.length }
}

function percent(used: number, of: number): number {
  return Math.min(100, Math.max(0, (100 * used) / of))
}
