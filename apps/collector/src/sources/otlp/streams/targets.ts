import { catalogued } from '@headroom/shared/metrics.ts'
import { type Labels, labelsKey } from '@headroom/shared/model/labels.ts'
import { allowedLabels, type LabelPairs } from '../../measures/labels.ts'
import { rateName, safeName, unitOfName } from '../../measures/own-name.ts'
import { applies, keptLabels, type Rule, type RuleBook, setOf } from '../../measures/rule.ts'
import { namesOf, unitOf } from '../normalise.ts'
import type { Metric } from '../wire/export.ts'

/** A series that a stream is part of, and what of the stream. */
export type Target = {
  key: string
  metric: string
  unit: string
  labels: Labels
  as: 'level' | 'per_minute' | 'per_second' | 'p50' | 'p95' | 'quantiles' | 'uptime'
  factor: number
  /** `spread`: by themselves where there is one, else their number, sum and greatest. */
  reduce: NonNullable<Rule['reduce']> | 'spread'
  /** The rule it comes from; Infinity for a series under its own name. */
  rank: number
  set: string
  /** All metrics of a resource that it knows count together. */
  together: boolean
  how: 'known' | 'map' | 'own path'
  /** The name it was given under. */
  path: string
}

/** Which series a stream is part of: by the rules for any of its names, and by its own name where none counts. */
export function targetsOf(metric: Metric, pairs: LabelPairs, rules: readonly Rule[], book: RuleBook): Target[] {
  const indices = [...new Set(namesOf(metric).flatMap((name) => book(name)))].toSorted((a, b) => a - b)
  const targets: Target[] = []
  const placed = new Set<string>()
  for (const index of indices) {
    const rule = rules[index]
    if (rule === undefined || placed.has(rule.metric) || !applies(rule, pairs)) continue
    const labels = keptLabels(rule, pairs)
    const target = labels === undefined ? undefined : ofRule(metric, rule, index, labels)
    if (target === undefined) continue
    placed.add(rule.metric)
    targets.push(target)
    if (rule.how === 'map') return targets
  }
  return [...targets, ...own(metric, allowedLabels(pairs))]
}

function ofRule(metric: Metric, rule: Rule, rank: number, labels: Labels): Target | undefined {
  const as = kindOf(metric, rule.as)
  if (as === undefined) return undefined
  // How many there were is a number, whatever was measured.
  const counts =
    as === 'per_minute' || metric.kind === 'histogram' || metric.kind === 'exponential' || metric.kind === 'summary'
  const measured = as === 'p50' || as === 'p95' || !counts
  const factor = (measured ? (unitOf(metric)?.factor ?? 1) : 1) * (rule.factor ?? 1)
  const unit =
    catalogued(rule.metric)?.unit ??
    (as === 'per_minute' ? 'per_minute' : (rule.unit ?? unitOf(metric)?.unit ?? 'none'))
  const { metric: name, reduce = 'sum', how = 'known' } = rule
  return {
    ...keyed(name, labels, `${rank}`),
    unit,
    as,
    factor,
    reduce,
    rank,
    set: setOf(rule),
    // Who writes a rule of one's own means all that it fits.
    together: rule.together === true || how === 'map',
    how,
    path: metric.name,
  }
}

/** Undefined where a rule is for another kind of metric that happens to have the name. */
function kindOf({ kind }: Metric, as: Rule['as']): Target['as'] | undefined {
  const distribution = kind === 'histogram' || kind === 'exponential' || kind === 'summary'
  switch (as) {
    case 'gauge':
      return distribution ? undefined : 'level'
    case 'since':
      return distribution ? undefined : 'uptime'
    case 'counter':
      return 'per_minute'
    case 'per_second':
      return 'per_second'
    case 'p50':
    case 'p95':
      return distribution ? as : undefined
  }
}

function keyed(metric: string, labels: Labels, from: string): Pick<Target, 'key' | 'metric' | 'labels'> {
  return { key: `${from}\n${metric}${labelsKey(labels)}`, metric, labels }
}

function own(metric: Metric, labels: Labels): Target[] {
  const said = unitOf(metric)
  const unit = said?.unit ?? unitOfName(metric.name)
  const make = (name: string, as: Target['as'], more: Partial<Target> = {}): Target => ({
    ...keyed(safeName(name), labels, 'own'),
    unit: as === 'per_minute' ? 'per_minute' : unit,
    as,
    factor: as === 'per_minute' ? 1 : (said?.factor ?? 1),
    reduce: 'sum',
    rank: Infinity,
    set: 'own',
    together: true,
    how: 'own path',
    path: metric.name,
    ...more,
  })
  const { name } = metric
  switch (metric.kind) {
    case 'gauge':
      return [make(name, 'level', { reduce: 'spread' })]
    case 'sum':
      return metric.monotonic ? [make(rateName(name), 'per_minute')] : [make(name, 'level')]
    case 'histogram':
    case 'exponential':
      return [make(`${name}.p50`, 'p50'), make(`${name}.p95`, 'p95'), make(`${name}.per_minute`, 'per_minute')]
    case 'summary':
      return [make(name, 'quantiles'), make(`${name}.per_minute`, 'per_minute')]
  }
}
