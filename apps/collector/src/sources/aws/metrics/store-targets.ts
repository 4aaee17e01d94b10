import type { Named } from '../targets.ts'
import type { Query, Target } from './target.ts'

/** An instance of RDS. How many connections it may have is not said here: the `postgres` source reads it. */
export function databaseTarget({ name, labels }: Named): Target {
  return plain(`database ${name}`, labels, 'AWS/RDS', { DBInstanceIdentifier: name }, [
    ['DatabaseConnections', 'Average', 'db.connections'],
    ['CPUUtilization', 'Average', 'db.cpu_percent'],
    ['FreeableMemory', 'Average', 'db.memory_free_bytes'],
    ['FreeStorageSpace', 'Average', 'db.storage_free_bytes'],
  ])
}

/** A node of ElastiCache, Redis or Valkey: the CPU is that of the engine, which works in one thread. */
export function cacheTarget({ name, labels }: Named): Target {
  return plain(`cache ${name}`, labels, 'AWS/ElastiCache', { CacheClusterId: name }, [
    ['CurrConnections', 'Average', 'redis.clients'],
    ['DatabaseMemoryUsagePercentage', 'Average', 'redis.memory_percent'],
    ['BytesUsedForCache', 'Average', 'redis.memory_bytes'],
    ['EngineCPUUtilization', 'Average', 'redis.cpu_percent'],
    ['Evictions', 'Sum', 'redis.evicted_per_minute'],
  ])
}

type Row = readonly [name: string, stat: Query['stat'], metric: string]

/** Each metric of CloudWatch is one of ours; a sum is one over a period, and kept per minute. */
function plain(
  place: string,
  labels: Named['labels'],
  namespace: string,
  dimensions: Record<string, string>,
  rows: readonly Row[],
): Target {
  return {
    place,
    labels,
    listed: true,
    queries: rows.map(([name, stat]) => ({ key: name, namespace, name, dimensions, stat })),
    figures: ({ value, minutes }) =>
      rows.map(([name, stat, metric]) => {
        const said = value(name)
        return { from: name, metric, value: said !== undefined && stat === 'Sum' ? said / minutes : said }
      }),
  }
}
