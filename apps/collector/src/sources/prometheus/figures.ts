import { catalogued } from '@headroom/shared/metrics.ts'
import { type Labels, labelsKey } from '@headroom/shared/model/labels.ts'
import type { Mapped, Point } from '@headroom/shared/model/reading.ts'
import { derive, derivedLater } from '../measures/derive.ts'
import { isPart, type Rule, setOf } from '../measures/rule.ts'
import type { RuleGroup } from './gather.ts'
import { reduced } from './group.ts'
import { quantileOfGroup } from './quantiles.ts'
import type { Windows } from './windows.ts'

export type Moment = {
  /** Epoch ms. */
  now: number
  /** Monotonic. */
  atMs: number
  windows: Windows
}

/** A point and where it came from; without a point it needs one more answer to be known. */
export type Placed = { point?: Point; mapped: Mapped }

export const LATER = 'known from the second answer on'

/** Which groups are taken, for each metric: those of the first rule for which there is anything, and of its set. */
export function chooseGroups(groups: readonly RuleGroup[], rules: readonly Rule[], exporter: boolean): RuleGroup[] {
  const chosen = new Map<string, { index: number; set: string }>()
  const families = new Map<number, string>()
  const ruleOf = (group: RuleGroup): Rule | undefined => {
    const rule = rules[group.rule]
    return rule === undefined || (exporter && rule.application === true) ? undefined : rule
  }
  for (const group of groups) {
    const rule = ruleOf(group)
    if (rule === undefined) continue
    if (!families.has(group.rule)) families.set(group.rule, group.family)
    const before = chosen.get(rule.metric)
    if (before === undefined || group.rule < before.index)
      chosen.set(rule.metric, { index: group.rule, set: setOf(rule) })
  }
  return groups.filter((group) => {
    const rule = ruleOf(group)
    if (rule === undefined || chosen.get(rule.metric)?.set !== setOf(rule)) return false
    return rule.together === true || families.get(group.rule) === group.family
  })
}

/** The figures of one set of labels. */
type Beside = {
  labels: Labels
  values: Map<string, number>
  later: Set<string>
  paths: Map<string, readonly string[]>
  at: number | undefined
}

/** The metrics that groups and what follows from them give. */
export function placeFigures(groups: readonly RuleGroup[], rules: readonly Rule[], moment: Moment): Placed[] {
  const placed: Placed[] = []
  const besides = new Map<string, Beside>()
  for (const group of groups.toSorted((a, b) => a.rule - b.rule)) {
    const rule = rules[group.rule]
    if (rule === undefined) continue
    const one = placeGroup(group, rule, moment)
    if (!isPart(rule.metric)) placed.push(one)
    if (one.point?.kind === 'counter') continue
    const key = labelsKey(group.labels)
    const beside = besides.get(key) ?? newBeside(group)
    besides.set(key, beside)
    beside.paths.set(rule.metric, [group.family])
    if (one.point === undefined) beside.later.add(rule.metric)
    else beside.values.set(rule.metric, one.point.value)
  }
  return [...placed, ...[...besides.values()].flatMap(placeDerived)]
}

function newBeside({ labels, at }: RuleGroup): Beside {
  return { labels, values: new Map(), later: new Set(), paths: new Map(), at }
}

function placeDerived({ labels, values, later, paths, at }: Beside): Placed[] {
  const derived = derive(values).map(({ metric, value, from }) => {
    const families = [...new Set(from.flatMap((figure) => paths.get(figure) ?? []))]
    paths.set(metric, families)
    return placedPoint({ metric, unit: unitOf(metric), labels, value, kind: 'gauge' }, families.join(', '), 'known', at)
  })
  const known = new Set([...values.keys(), ...derived.map(({ mapped }) => mapped.metric)])
  const path = [...new Set([...later].flatMap((figure) => paths.get(figure) ?? []))].join(', ')
  const waiting = derivedLater(known, later).map((metric): Placed => {
    return { mapped: { path, metric, unit: unitOf(metric), value: LATER, labels, how: 'known' } }
  })
  return [...derived, ...waiting]
}

function unitOf(metric: string, otherwise = 'none'): string {
  return catalogued(metric)?.unit ?? otherwise
}

export function placedPoint(point: Point, path: string, how: Mapped['how'], at: number | undefined): Placed {
  const { labels, value } = point
  const [metric, unit] = point.rate === undefined ? [point.metric, point.unit] : [point.rate, 'per_minute']
  return { point: at === undefined ? point : { ...point, at }, mapped: { path, metric, unit, value, labels, how } }
}

function placeGroup(group: RuleGroup, rule: Rule, moment: Moment): Placed {
  const { family, labels, at } = group
  const { metric, factor = 1, how = 'known' } = rule
  const unit = unitOf(metric, rule.unit)
  const put = (value: number | undefined): Placed =>
    value === undefined || !Number.isFinite(value)
      ? { mapped: { path: family, metric, unit, value: LATER, labels, how } }
      : placedPoint({ metric, unit, labels, value: value * factor, kind: 'gauge' }, family, how, at)
  switch (rule.as) {
    case 'gauge':
      return put(reduced(group, rule.reduce))
    case 'since': {
      const seconds = moment.now / 1_000 - reduced(group, rule.reduce)
      return put(seconds < 0 ? undefined : seconds)
    }
    case 'counter': {
      const total = rule.where === undefined ? family : `${family}.${metric.replace(/[._]per_minute$/, '')}`
      return placedPoint(
        { metric: total, unit: 'count', labels, value: group.sum * factor, kind: 'counter', rate: metric },
        family,
        how,
        at,
      )
    }
    case 'per_second': {
      const key = `${group.rule}${labelsKey(labels)}`
      const moved = moment.windows.advance(key, [group.sum], moment.atMs, rule.windowMs ?? 0)
      return put(moved === undefined ? undefined : ((moved.growth[0] ?? 0) / moved.elapsedMs) * 1_000)
    }
    case 'p50':
    case 'p95':
      return put(
        quantileOfGroup(
          group,
          group.histogram,
          rule.as === 'p50' ? 0.5 : 0.95,
          `${group.rule}${labelsKey(labels)}`,
          moment,
        ),
      )
  }
}
