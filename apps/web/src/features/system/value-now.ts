import { catalogued } from '@headroom/shared/metrics.ts'
import type { Compare, Flag } from '@headroom/shared/model/flag.ts'
import { labelsKey, type Labels } from '@headroom/shared/model/labels.ts'
import type { SeriesView } from '@headroom/shared/model/series.ts'
import { isUpward } from '@headroom/shared/rules/compare.ts'
import { type Expression, parseExpression, type Ref, refsOf, valueOf } from '@headroom/shared/rules/expression.ts'
import { reduce, reductionOf } from '@headroom/shared/rules/reduction.ts'
import { matchesLabels } from '@headroom/shared/rules/select.ts'
import { expressionUnit } from '@headroom/shared/rules/unit.ts'

/** A metric, or arithmetic over metrics, of one system: what a flag's line or a criterion is held against. */
export type Question = { metric: string; labels: Labels; over: Flag['over'] }
/** What a question is answered from: the series of the system, and the value of each. */
export type Answers = { series: readonly SeriesView[]; value: (series: number) => number | null }

/** The series that a question's first metric means: of the named source, else of the primary one. */
export function leadsOf({ metric, labels }: Question, series: readonly SeriesView[]): SeriesView[] {
  const lead = leadOf(metric)
  return lead === undefined ? [] : meant(lead, series).filter((one) => matchesLabels(labels, one.labels))
}

/** Every series that is looked at to answer, so that its history can be asked for. */
export function seriesAsked(question: Question, series: readonly SeriesView[]): SeriesView[] {
  const parsed = parseExpression(question.metric)
  if (!parsed.ok) return []
  const [lead, ...others] = refsOf(parsed.expression)
  if (lead === undefined) return []
  const leads = leadsOf(question, series)
  const asked = leads.length > 0 ? leads : meant(lead, series)
  return [...new Set([...asked, ...others.flatMap((ref) => meant(ref, series))])]
}

/** The unit of the answer. */
export function unitAsked({ metric }: Question, series: readonly SeriesView[]): string {
  const parsed = parseExpression(metric)
  const unitOf = (name: string): string =>
    catalogued(name)?.unit ?? series.find((one) => one.metric === name)?.unit ?? 'none'
  return (parsed.ok ? expressionUnit(parsed.expression, unitOf) : undefined) ?? 'none'
}

/**
 * The value a question comes to; null while nobody knows it. Where several series are judged one by one, it is the one
 * nearest to the line or furthest past it. A count whose label never came, beside others that did, is none.
 */
export function valueNow(question: Question, compare: Compare, answers: Answers): number | null {
  const parsed = parseExpression(question.metric)
  const lead = parsed.ok ? refsOf(parsed.expression)[0] : undefined
  if (!parsed.ok || lead === undefined) return null
  const leads = leadsOf(question, answers.series)
  if (leads.length === 0) return neverCame(question, lead, answers) ? 0 : null
  if (question.over !== 'each') return evaluate(parsed.expression, (ref) => together(question, ref, lead, answers))
  const values = leads.flatMap(
    (one) =>
      evaluate(parsed.expression, (ref) =>
        same(ref, lead) ? answers.value(one.id) : joined(ref, one.labels, answers),
      ) ?? [],
  )
  return worst(values, compare)
}

/** Limits and planned events are known to the collector only: what speaks of them has no value here. */
function evaluate(expression: Expression, metric: (ref: Ref) => number | null): number | null {
  return valueOf(expression, (leaf) => (leaf.kind === 'metric' ? metric(leaf.ref) : null))
}

function worst(values: readonly number[], compare: Compare): number | null {
  if (values.length === 0) return null
  return isUpward(compare) ? Math.max(...values) : Math.min(...values)
}

function together({ metric, labels, over }: Question, ref: Ref, lead: Ref, answers: Answers): number | null {
  const own = meant(ref, answers.series)
  const picked = same(ref, lead) ? own.filter((one) => matchesLabels(labels, one.labels)) : own
  const alone = metric === ref.metric || metric === `${ref.metric}@${ref.source}`
  const how = alone && over !== 'each' ? over : reductionOf(picked[0]?.unit ?? 'none')
  return reduce(
    how,
    picked.flatMap((one) => answers.value(one.id) ?? []),
  )
}

function joined(ref: Ref, labels: Labels, answers: Answers): number | null {
  const own = meant(ref, answers.series)
  const match =
    own.find((one) => labelsKey(one.labels) === labelsKey(labels)) ??
    (own.length === 1 && labelsKey(own[0]?.labels ?? {}) === '' ? own[0] : undefined)
  return match === undefined ? null : answers.value(match.id)
}

/** `responses.per_minute{status="503"}` where only 200 was ever answered: there were none. */
function neverCame({ labels }: Question, lead: Ref, answers: Answers): boolean {
  const beside = meant(lead, answers.series)
  return (
    Object.keys(labels).length > 0 &&
    beside.some((one) => Object.keys(labels).some((name) => one.labels[name] !== undefined)) &&
    beside.some((one) => answers.value(one.id) !== null) &&
    beside.every((one) => one.unit === 'per_minute' || one.unit === 'count')
  )
}

function leadOf(metric: string): Ref | undefined {
  const parsed = parseExpression(metric)
  return parsed.ok ? refsOf(parsed.expression)[0] : undefined
}

function meant(ref: Ref, series: readonly SeriesView[]): SeriesView[] {
  return series.filter(
    (one) => one.metric === ref.metric && (ref.source === undefined ? one.primary : one.source === ref.source),
  )
}

function same(a: Ref, b: Ref): boolean {
  return a.metric === b.metric && a.source === b.source
}
