import { parseQuantity } from '../api/quantity.ts'
import type { Pod, PodMetrics } from '../api/resources.ts'

/** What a pod uses; undefined is unknown. Cores, bytes, percent, epoch ms of the server. */
export type Usage = {
  pod: string
  cores: number | undefined
  bytes: number | undefined
  limitBytes: number | undefined
  cpuPercent: number | undefined
  memoryPercent: number | undefined
  at: number | undefined
}

type Resource = 'cpu' | 'memory'

/**
 * What a pod uses against what it may. The share is that of the container nearest to its own limit, for that one is
 * throttled or killed whatever the others leave; a limit of the whole pod counts beside. Containers without a limit have
 * no share.
 */
export function usageOf(pod: Pod, { containers, timestamp }: PodMetrics): Usage {
  const used = (resource: Resource): Map<string, number | undefined> =>
    new Map((containers ?? []).map(({ name, usage }) => [name, quantity(usage?.[resource])]))
  const cpu = used('cpu')
  const memory = used('memory')
  return {
    pod: pod.metadata.name,
    cores: sum(cpu.values()),
    bytes: sum(memory.values()),
    limitBytes: limitOf(pod, 'memory', memory.keys()),
    cpuPercent: worstShare(pod, 'cpu', cpu),
    memoryPercent: worstShare(pod, 'memory', memory),
    at: timestamp,
  }
}

function worstShare(pod: Pod, resource: Resource, used: Map<string, number | undefined>): number | undefined {
  const limits = containerLimits(pod, resource)
  const shares = [...used].map(([name, value]) => share(value, limits.get(name)))
  const whole = share(sum(used.values()), quantity(pod.spec.resources[resource]))
  return [...shares, whole].reduce(
    (worst, each) => (each === undefined || (worst !== undefined && worst >= each) ? worst : each),
    undefined,
  )
}

/** What all containers together may use, where all of them have a limit. */
function limitOf(pod: Pod, resource: Resource, names: Iterable<string>): number | undefined {
  const whole = quantity(pod.spec.resources[resource])
  const limits = containerLimits(pod, resource)
  return whole ?? sum([...names].map((name) => limits.get(name)))
}

function containerLimits({ spec }: Pod, resource: Resource): Map<string, number | undefined> {
  const all = [...(spec.containers ?? []), ...(spec.initContainers ?? [])]
  return new Map(all.map(({ name, resources }) => [name, quantity(resources[resource])]))
}

function share(used: number | undefined, limit: number | undefined): number | undefined {
  return used === undefined || limit === undefined || limit <= 0 ? undefined : (100 * used) / limit
}

function quantity(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseQuantity(text)
}

/** Undefined as soon as one is unknown, and of none. */
function sum(values: Iterable<number | undefined>): number | undefined {
  const all = [...values]
  return all.length === 0
    ? undefined
    : all.reduce((total, each) => (total === undefined || each === undefined ? undefined : total + each), 0)
}
