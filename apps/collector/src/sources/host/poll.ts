import { METRICS, type MetricName } from '@headroom/shared/metrics.ts'
import type { Labels } from '@headroom/shared/model/labels.ts'
import type { Mapped, Point, Reading } from '@headroom/shared/model/reading.ts'
import { loadavg, platform, uptime } from 'node:os'
import type { CommonOptions, PollSource, SourceContext } from '../types.ts'
import { CGROUP_PLACES, type ContainerLimits, readContainerLimits, type CgroupPlaces } from './cgroup.ts'
import { createCpuMeter } from './cpu.ts'
import { createDiskReader } from './disks.ts'
import { type Memory, readMemory } from './memory.ts'
import { createPart } from './part.ts'
import { createNetworkMeter } from './network.ts'
import { countProcesses, createTopProcesses } from './processes.ts'
import type { HostOptions } from './schema.ts'

/** Watches the machine, or the container, the collector runs in. Whatever it cannot find out is left out. */
export function openHost(
  options: HostOptions & CommonOptions,
  { clock, log }: SourceContext,
  places: CgroupPlaces = CGROUP_PLACES,
): PollSource {
  /** Half of the time that the source is given: what is known by then is said. */
  const waitMs = options.timeoutMs / 2

  function part<Given, Found>(
    name: string,
    read: (given: Given) => Promise<Found>,
    otherwise: Found,
  ): (given: Given) => Promise<Found> {
    const failed = (error: unknown): void =>
      log.log('debug', 'a part of this machine could not be read', {
        part: name,
        error: error instanceof Error ? error.name : typeof error,
      })
    return createPart(read, otherwise, { clock, waitMs, failed })
  }

  const cpu = createCpuMeter()
  const container = part('cgroup', () => readContainerLimits(places), {})
  const memoryIn = part<ContainerLimits, Memory | undefined>('memory', readMemory, undefined)
  const disks = part('disks', createDiskReader(options.disks), [])
  const network = part('network', createNetworkMeter(options.networks), [])
  const counted = part('count', countProcesses, undefined)
  const top = part('processes', createTopProcesses(options.processes), [])

  return {
    async poll(): Promise<Reading> {
      const now = clock.monotonic()
      const limits = await container(now)
      const [memory, use, traffic, count, lines] = await Promise.all([
        memoryIn(limits),
        disks(now),
        network(now),
        counted(now),
        top(now),
      ])
      const points: Point[] = [
        ...gauge('cpu.used_percent', cpu.usedPercent(limits, now)),
        ...gauge('load.1m', platform() === 'win32' ? undefined : loadavg()[0]),
        ...gauge('memory.used_percent', memory === undefined ? undefined : (100 * memory.used) / memory.limit),
        ...gauge('memory.used_bytes', memory?.used),
        ...gauge('memory.limit_bytes', memory?.limit),
        ...use.flatMap(({ mount, usedPercent }) => gauge('disk.used_percent', usedPercent, { disk: mount })),
        ...traffic.flatMap(({ name, inPerSecond, outPerSecond }) => [
          ...gauge('network.in_bytes_per_second', inPerSecond, { interface: name }),
          ...gauge('network.out_bytes_per_second', outPerSecond, { interface: name }),
        ]),
        ...gauge('uptime.seconds', Math.floor(uptime())),
        ...gauge('processes.active', count),
      ]
      const texts = lines.length === 0 ? [] : [{ path: 'top processes', lines }]
      return { up: 1, points, texts, mapped: points.map(shown), leftOut: 0 }
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
}

function gauge(metric: MetricName, value: number | undefined, labels: Labels = {}): Point[] {
  return value === undefined || !Number.isFinite(value)
    ? []
    : [{ metric, unit: METRICS[metric].unit, labels, value, kind: 'gauge' }]
}

function shown({ metric, unit, value, labels }: Point): Mapped {
  return { path: metric, metric, unit, value, labels, how: 'known' }
}
