import { labelsKey, type Labels } from '@headroom/shared/model/labels.ts'
import { catalogued, METRICS, type MetricName } from '@headroom/shared/metrics.ts'
import type { Mapped, Point } from '@headroom/shared/model/reading.ts'
import { isCounterName, rateName } from './counter-names.ts'
import { keyWords } from './key-words.ts'
import type { Leaf } from './leaf.ts'
import { recognise, type Recognition } from './recognise.ts'
import { pathOf, patternOf } from './sanitise.ts'
import { BARE_BYTES } from './words.ts'

/** A point and where in the document it comes from. */
export type Placed = { point: Point; path: string; how: Mapped['how']; place?: Mapped['place'] }

const MIB = 2 ** 20

type Candidate = { leaf: Leaf; known: Recognition; value: number; labels: Labels; series: string }

/**
 * Decides what each value is: the catalogue's metrics first, each from the best of the names that give it, everything
 * else under its own path. A series that a correction gives is spoken for. Both lists keep the document's order.
 */
export function placeValues(
  leaves: readonly Leaf[],
  now: number,
  corrected: readonly Placed[],
): { known: Placed[]; own: Placed[]; clashes: string[] } {
  const spoken = new Set(corrected.map(({ point }) => keyOf(point.rate ?? point.metric, point.labels)))
  const candidates = leaves.map((leaf) => candidateOf(leaf, now))
  const best = bestOf(
    candidates.filter((candidate): candidate is Candidate => candidate !== undefined && !spoken.has(candidate.series)),
  )
  const known: Placed[] = []
  const rest: Leaf[] = []
  for (const [index, leaf] of leaves.entries()) {
    const candidate = candidates[index]
    if (candidate !== undefined && best.has(candidate)) known.push(...placeKnown(candidate))
    else if (candidate?.known.keeps !== undefined) known.push(keptTotal(candidate, candidate.known.keeps))
    else rest.push(leaf)
  }
  return {
    known,
    ...placeOwn(
      rest,
      new Set([...spoken, ...known.map(({ point }) => keyOf(point.rate ?? point.metric, point.labels))]),
    ),
  }
}

function candidateOf(leaf: Leaf, now: number): Candidate | undefined {
  if (leaf.kind === 'state' || leaf.kind === 'figure') return undefined
  const known = recognise(leaf.keys, leaf.labels.status, leaf.unit)
  if (
    known === null ||
    (leaf.kind === 'count' && known.kind !== 'gauge') ||
    leaf.value < known.atLeast ||
    leaf.value > known.atMost
  )
    return undefined
  if (known.notBy !== undefined && leaf.labels[known.notBy] !== undefined) return undefined
  if ((known.kind === 'moment') !== (leaf.kind === 'moment')) return undefined
  const value = valueOf(leaf, known, now)
  if (value === undefined) return undefined
  const kept = Object.entries(leaf.labels).filter(([label]) => label !== known.drops)
  const labels = { ...known.labels, ...Object.fromEntries(kept) }
  return { leaf, known, value, labels, series: keyOf(known.metric, labels) }
}

function valueOf(leaf: Leaf, known: Recognition, now: number): number | undefined {
  if (known.kind === 'moment') return leaf.value > now ? undefined : Math.round((now - leaf.value) / 1_000)
  const value = leaf.value * known.factor
  if (!known.complement) return value
  return value >= 0 && value <= 100 ? 100 - value : undefined
}

/** One candidate for each series. Where a metric comes by label, its total does not count beside its parts. */
function bestOf(candidates: readonly Candidate[]): ReadonlySet<Candidate> {
  const best = new Map<string, Candidate>()
  for (const candidate of candidates) {
    const before = best.get(candidate.series)
    if (before === undefined || candidate.known.rank < before.known.rank) best.set(candidate.series, candidate)
  }
  const parted = new Set(
    [...best.values()].filter(({ labels }) => Object.keys(labels).length > 0).map(({ known }) => known.metric),
  )
  return new Set(
    [...best.values()].filter(({ known, labels }) => Object.keys(labels).length > 0 || !parted.has(known.metric)),
  )
}

function placeKnown({ leaf, known, value, labels }: Omit<Candidate, 'series'>): Placed[] {
  const path = pathOf(leaf.keys)
  const unit = METRICS[known.metric].unit
  const placed = (point: Point): Placed => ({ point, path, how: 'known', place: placeOf(leaf) })
  if (known.kind !== 'counter') return [placed({ metric: known.metric, unit, labels, value, kind: 'gauge' })]
  const counter = { unit: 'count', labels, value, kind: 'counter', rate: known.metric } as const
  if (known.keeps === undefined) return [placed({ metric: ownName(path), ...counter })]
  return [placed({ metric: known.keeps, ...counter }), keptTotal({ leaf, known, value, labels }, known.keeps)]
}

/** The running total beside its rate, or alone where the document gives the rate itself. */
function keptTotal({ leaf, value, labels }: Omit<Candidate, 'series'>, metric: MetricName): Placed {
  return {
    path: pathOf(leaf.keys),
    how: 'known',
    place: placeOf(leaf),
    point: { metric, unit: METRICS[metric].unit, labels, value, kind: 'gauge' },
  }
}

function placeOwn(leaves: readonly Leaf[], taken: Set<string>): { own: Placed[]; clashes: string[] } {
  const own: Placed[] = []
  const clashes: string[] = []
  for (const leaf of leaves) {
    const path = pathOf(leaf.kind === 'count' ? [...leaf.keys, 'count'] : leaf.keys)
    const metric = ownName(path)
    const counts =
      leaf.kind === 'number' &&
      (isCounterName(leaf.keys.at(-1) ?? '') || recognise(leaf.keys, leaf.labels.status)?.kind === 'counter')
    const rate = counts ? freeRate(metric, leaf.labels, taken) : undefined
    const key = keyOf(rate ?? metric, leaf.labels)
    if (taken.has(key)) {
      clashes.push(path)
      continue
    }
    taken.add(key)
    const point = {
      metric,
      unit: ownUnit(leaf),
      labels: leaf.labels,
      value: leaf.kind === 'moment' ? leaf.value / 1_000 : leaf.value * (leaf.unit?.factor ?? 1),
    }
    own.push({
      path,
      how: 'own path',
      place: placeOf(leaf),
      point: rate === undefined ? { ...point, kind: 'gauge' } : { ...point, unit: 'count', kind: 'counter', rate },
    })
  }
  return { own, clashes }
}

function placeOf({ keys, at, kind }: Leaf): Mapped['place'] {
  // How many a list holds is shown under a path of its own.
  if (at === undefined) return kind === 'count' ? pathOf(keys) : undefined
  return at === null ? null : patternOf(at)
}

/** A path that happens to be a name of the catalogue, for another thing, stands aside. */
function ownName(path: string): string {
  return catalogued(path) === undefined ? path : `${path}.value`
}

function freeRate(metric: string, labels: Labels, taken: ReadonlySet<string>): string {
  const rate = rateName(metric)
  return taken.has(keyOf(rate, labels)) || catalogued(rate) !== undefined ? `${metric}.per_minute` : rate
}

/** Values under their own path stay as they are, so a unit is claimed only where the name says one of ours. */
function ownUnit(leaf: Leaf): string {
  if (leaf.kind === 'state') return 'bool'
  if (leaf.kind === 'count') return 'count'
  if (leaf.unit !== undefined) return leaf.unit.dimension
  const { unit } = keyWords(leaf.keys.findLast((key) => keyWords(key).unit !== undefined) ?? '')
  if (unit === undefined && isBareBytes(leaf)) return 'bytes'
  return unit === undefined || unit.factor !== 1 ? 'none' : unit.dimension
}

/** A few names are of bytes wherever they stand; some write them in megabytes, which shows in the number. */
function isBareBytes({ keys, value }: Leaf): boolean {
  return value >= MIB && BARE_BYTES.has(keyWords(keys.at(-1) ?? '').words.join('_'))
}

export function keyOf(metric: string, labels: Labels): string {
  return `${metric}${labelsKey(labels)}`
}
