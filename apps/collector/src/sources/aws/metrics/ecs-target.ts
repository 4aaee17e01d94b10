import type { Named } from '../targets.ts'
import { share, type Query, type Target } from './target.ts'

const MEBIBYTE = 2 ** 20

/**
 * A service of ECS. Container Insights, where the cluster has it, says how much is used and reserved, so that percent is
 * reckoned here; else it is what ECS says, against the reservation of the task definition.
 */
export function ecsTarget(cluster: string, { name, labels }: Named, insights: boolean): Target {
  const dimensions = { ClusterName: cluster, ServiceName: name }
  const average = (namespace: string, metric: string): Query => ({
    key: metric,
    namespace,
    name: metric,
    dimensions,
    stat: 'Average',
  })
  const inside = ['CpuUtilized', 'CpuReserved', 'MemoryUtilized', 'MemoryReserved']
  return {
    place: `service ${cluster}/${name}`,
    labels,
    // Without a running task it has none.
    listed: false,
    queries: [
      average('AWS/ECS', 'CPUUtilization'),
      average('AWS/ECS', 'MemoryUtilization'),
      ...(insights ? inside.map((metric) => average('ECS/ContainerInsights', metric)) : []),
    ],
    figures({ value }) {
      const [cpu, memory] = [
        share(value('CpuUtilized'), value('CpuReserved')),
        share(value('MemoryUtilized'), value('MemoryReserved')),
      ]
      const bytes = (key: string): number | undefined => {
        const megabytes = value(key)
        return megabytes === undefined ? undefined : megabytes * MEBIBYTE
      }
      // Nothing reserved is no limit.
      const limit = value('MemoryReserved') === 0 ? undefined : bytes('MemoryReserved')
      return [
        cpu === undefined
          ? { from: 'CPUUtilization', metric: 'cpu.used_percent', value: value('CPUUtilization') }
          : { from: 'CpuUtilized / CpuReserved', metric: 'cpu.used_percent', value: cpu },
        memory === undefined
          ? { from: 'MemoryUtilization', metric: 'memory.used_percent', value: value('MemoryUtilization') }
          : { from: 'MemoryUtilized / MemoryReserved', metric: 'memory.used_percent', value: memory },
        { from: 'MemoryUtilized', metric: 'memory.used_bytes', value: bytes('MemoryUtilized') },
        { from: 'MemoryReserved', metric: 'memory.limit_bytes', value: limit },
      ]
    },
  }
}
