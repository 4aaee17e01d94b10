import { labelsKey } from '@headroom/shared/model/labels.ts'
import { METRICS, type MetricName } from '@headroom/shared/metrics.ts'
import { keyWords } from './key-words.ts'
import type { Leaf } from './leaf.ts'
import type { Placed } from './place-values.ts'
import { pathOf } from './sanitise.ts'
import { OWNERS } from './words.ts'

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
    value: (size, overflow) => (overflow.point.value >= 0 ? size.point.value + overflow.point.value : undefined),
  },
]

type Share = { metric: MetricName; of: string; whole: string; left: readonly string[] }

/** Shares that follow from two figures side by side which are no metrics themselves: all there is, and what is left of it. */
const SHARES: readonly Share[] = [
  { metric: 'disk.used_percent', of: 'disk', whole: 'total', left: ['free', 'available'] },
]

export function deriveShares(leaves: readonly Leaf[]): Placed[] {
  const places = new Map<string, Leaf[]>()
  for (const leaf of leaves) {
    if (leaf.kind !== 'number') continue
    const place = [...leaf.keys.slice(0, -1), labelsKey(leaf.labels)].join('\n')
    const beside = places.get(place)
    if (beside === undefined) places.set(place, [leaf])
    else beside.push(leaf)
  }
  return [...places.values()].flatMap((beside) => SHARES.flatMap((share) => shareOf(share, beside) ?? []))
}

function shareOf({ metric, of, whole, left }: Share, beside: readonly Leaf[]): Placed | undefined {
  const owners = beside[0]?.keys.slice(0, -1).flatMap((key) => keyWords(key).words.filter((word) => OWNERS.has(word)))
  if (owners?.at(-1) !== of) return undefined
  const named = (words: readonly string[]): Leaf | undefined =>
    beside.find(({ keys }) => words.includes(keyWords(keys.at(-1) ?? '').words.join('_')))
  const [all, rest] = [named([whole]), named(left)]
  if (all === undefined || rest === undefined || factorOf(all) !== factorOf(rest)) return undefined
  if (rest.value < 0 || all.value < rest.value || all.value === 0) return undefined
  return {
    path: `${pathOf(all.keys)}, ${pathOf(rest.keys)}`,
    how: 'known',
    place: null,
    point: {
      metric,
      unit: METRICS[metric].unit,
      labels: all.labels,
      value: 100 * (1 - rest.value / all.value),
      kind: 'gauge',
    },
  }
}

function factorOf({ keys, unit }: Leaf): number | undefined {
  return unit?.factor ?? keyWords(keys.at(-1) ?? '').unit?.factor
}

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
    place: null,
    point: { metric, unit: METRICS[metric].unit, labels: like.point.labels, value, kind: 'gauge' },
  }
}
