import type { Labels } from '../model/labels.ts'
import type { Ref } from './expression.ts'
import type { Rule } from './rule.ts'
import type { RuleSeries, RuleWorld } from './types.ts'

/** Whether a label has a wanted value; `5*` and `*timeout` leave the end or the beginning open. */
export function matchesValue(wanted: string, value: string): boolean {
  if (wanted === '*') return true
  if (wanted.endsWith('*')) return value.startsWith(wanted.slice(0, -1))
  return wanted.startsWith('*') ? value.endsWith(wanted.slice(1)) : wanted === value
}

export function matchesLabels(wanted: Labels, labels: Labels): boolean {
  for (const name in wanted) {
    const value = labels[name]
    const pattern = wanted[name]
    if (value === undefined || pattern === undefined || !matchesValue(pattern, value)) return false
  }
  return true
}

/**
 * Whether a name in a flag means this series: of the named source, else of the primary one; `absent` asks of every
 * source that gave the metric.
 */
export function means(rule: Rule, ref: Ref, series: RuleSeries): boolean {
  if (series.everyMs <= 0 || series.metric !== ref.metric) return false
  if (ref.source !== undefined) return series.source === ref.source
  return series.primary || rule.kind === 'absent'
}

/** Whether the series is one of those the flag's first metric means, its `labels` included. */
export function isLead(rule: Rule, series: RuleSeries): boolean {
  return means(rule, rule.lead, series) && matchesLabels(rule.flag.labels, series.labels)
}

/** The series of the system that a metric in the flag's own expression means. */
export function leadSeries(rule: Rule, world: Pick<RuleWorld, 'seriesOf'>): RuleSeries[] {
  return world.seriesOf(rule.flag.system, rule.lead.metric).filter((series) => isLead(rule, series))
}

/** Whether a flag looks at the series at all, for itself or beside others. */
export function concerns(rule: Rule, series: RuleSeries): boolean {
  return (
    rule.refs.some((ref) => means(rule, ref, series)) ||
    rule.whens.some((when) => when.refs.some((ref) => means(rule, ref, series)))
  )
}

/** The series that the flag looks at of the source that gives one of them. */
export function besides(rule: Rule, of: RuleSeries, world: RuleWorld): RuleSeries[] {
  const names = new Set([...rule.refs, ...rule.whens.flatMap((when) => when.refs)].map((ref) => ref.metric))
  const all = [...names].flatMap((metric) => world.seriesOf(of.system, metric))
  return all.filter((series) => series.source === of.source && concerns(rule, series))
}

/**
 * The series that a further metric means. The flag's `labels` pick from those that carry such a label at all; `of`
 * and `when` are picked by nothing but their own.
 */
export function seriesFor(
  rule: Rule,
  ref: Ref,
  labels: Labels,
  strict: boolean,
  world: Pick<RuleWorld, 'seriesOf'>,
): RuleSeries[] {
  return world
    .seriesOf(rule.flag.system, ref.metric)
    .filter(
      (series) =>
        means(rule, ref, series) &&
        (strict ? matchesLabels(labels, series.labels) : matchesCarried(labels, series.labels)),
    )
}

function matchesCarried(wanted: Labels, labels: Labels): boolean {
  return Object.entries(wanted).every(
    ([name, pattern]) => labels[name] === undefined || matchesValue(pattern, labels[name]),
  )
}
