import { labelsKey } from '@headroom/shared/model/labels.ts'
import { METRICS, type MetricName } from '@headroom/shared/metrics.ts'
import type { Placed } from './place-values.ts'

type Derivation = {
  metric: MetricName
  from: readonly [MetricName, MetricName]
  value: (first: Placed, second: Placed) => number | undefined
}

/** Metrics that follow from two others of the same labels, where the document does not give them itself. */
const DERIVED: readonly Derivation[] = [
  {
    metric: 'memory.used_percent',
    from: ['memory.used_bytes', 'memory.limit_bytes'],
    value: (used, limit) => (limit.point.value > 0 ? (100 * used.point.value) / limit.point.value : undefined),
  },
  {
    metric: 'db.pool.limit',
    from: ['db.pool.size', 'db.pool.overflow'],
    // A pool's `overflow` alone is what it has borrowed just now; only a maximum says how far it may go.
    value: (size, overflow) =>
      /max|limit/i.test(overflow.path) && overflow.point.value >= 0
        ? size.point.value + overflow.point.value
        : undefined,
  },
]

export function derive(known: readonly Placed[]): Placed[] {
  const bySeries = new Map(known.map((each) => [`${each.point.metric}${labelsKey(each.point.labels)}`, each]))
  const derived: Placed[] = []
  for (const first of known) {
    const labels = labelsKey(first.point.labels)
    for (const rule of DERIVED) {
      if (first.point.metric !== rule.from[0] || bySeries.has(`${rule.metric}${labels}`)) continue
      const second = bySeries.get(`${rule.from[1]}${labels}`)
      const value = second === undefined ? undefined : rule.value(first, second)
      if (second !== undefined && value !== undefined)
        derived.push(placed(rule.metric, first, value, `${first.path}, ${second.path}`))
      else if (rule.metric === 'db.pool.limit') derived.push(placed(rule.metric, first, first.point.value, first.path))
    }
  }
  return derived
}

function placed(metric: MetricName, like: Placed, value: number, path: string): Placed {
  return {
    path,
    how: like.how,
    point: { metric, unit: METRICS[metric].unit, labels: like.point.labels, value, kind: 'gauge' },
  }
}
