import type { MetricName } from '@headroom/shared/metrics.ts'
import type { Part } from './rule.ts'

type Figure = MetricName | Part

/** A metric that follows from others with the same labels, where nothing gives it itself. */
export type Derivation = {
  metric: MetricName
  from: readonly [Figure, ...Figure[]]
  /** May be missing. */
  perhaps?: readonly Figure[]
  value: (...figures: number[]) => number | undefined
}

const share = (part: number, whole: number): number | undefined => (whole > 0 ? (100 * part) / whole : undefined)

/** Of two for the same metric the first that can be reckoned counts. */
export const DERIVATIONS: readonly Derivation[] = [
  {
    metric: 'cpu.used_percent',
    from: ['part.cpu_idle', 'part.cpu_all'],
    value: (idle, all) => (all > 0 ? Math.max(0, 100 * (1 - idle / all)) : undefined),
  },
  { metric: 'cpu.used_percent', from: ['part.cpu_cores_used', 'part.cpu_cores'], value: share },
  {
    metric: 'memory.used_bytes',
    from: ['memory.limit_bytes', 'part.memory_available'],
    value: (all, available) => Math.max(0, all - available),
  },
  {
    // The machine's memory is no limit of a process that tells of its own.
    metric: 'memory.limit_bytes',
    from: ['part.machine_memory'],
    perhaps: ['memory.used_bytes'],
    value: (all, own) => (own > 0 ? undefined : all),
  },
  { metric: 'memory.used_bytes', from: ['part.machine_memory_used'], value: (used) => used },
  { metric: 'memory.used_percent', from: ['memory.used_bytes', 'memory.limit_bytes'], value: share },
  {
    // As `df` reckons it: of what ordinary programs may use.
    metric: 'disk.used_percent',
    from: ['part.disk_size', 'part.disk_free', 'part.disk_available'],
    value: (size, free, available) => share(size - free, size - free + available),
  },
  { metric: 'disk.used_percent', from: ['part.disk_used', 'part.disk_size'], value: share },
  {
    metric: 'errors.percent',
    from: ['part.responses'],
    perhaps: ['part.failures'],
    value: (all, bad) => share(bad, all),
  },
  { metric: 'redis.memory_percent', from: ['part.redis_memory', 'part.redis_memory_limit'], value: share },
  {
    metric: 'db.connections.limit',
    from: ['part.db_max_connections'],
    perhaps: ['part.db_reserved_connections'],
    value: (most, reserved) => most - reserved,
  },
  {
    metric: 'db.pool.limit',
    from: ['db.pool.size'],
    perhaps: ['db.pool.overflow'],
    value: (size, overflow) => size + Math.max(0, overflow),
  },
]

/** What follows from the figures of one set of labels; what was derived may be the ground of a later one. */
export function derive(
  figures: ReadonlyMap<string, number>,
): { metric: MetricName; value: number; from: readonly Figure[] }[] {
  const known = new Map(figures)
  const derived: { metric: MetricName; value: number; from: readonly Figure[] }[] = []
  for (const { metric, from, perhaps = [], value } of DERIVATIONS) {
    if (known.has(metric) || !from.every((figure) => known.has(figure))) continue
    const all = [...from, ...perhaps]
    const result = value(...all.map((figure) => known.get(figure) ?? 0))
    if (result === undefined || !Number.isFinite(result)) continue
    known.set(metric, result)
    derived.push({ metric, value: result, from: all.filter((figure) => known.has(figure)) })
  }
  return derived
}

/** What will follow once the figures that are not known yet are. */
export function derivedLater(known: ReadonlySet<string>, later: ReadonlySet<string>): MetricName[] {
  const metrics = DERIVATIONS.filter(
    ({ metric, from }) =>
      !known.has(metric) &&
      from.some((figure) => later.has(figure)) &&
      from.every((figure) => known.has(figure) || later.has(figure)),
  ).map(({ metric }) => metric)
  return [...new Set(metrics)]
}
