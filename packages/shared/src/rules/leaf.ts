import { labelsKey, type Labels } from '../model/labels.ts'
import { staleAfterMs } from '../staleness.ts'
import { SECOND } from '../time.ts'
import { type Expression, type Ref, valueOf } from './expression.ts'
import { KINDS } from './kinds.ts'
import type { FlagMemory } from './memory.ts'
import { reduce, reductionOf } from './reduction.ts'
import type { Rule } from './rule.ts'
import { leadSeries, seriesFor } from './select.ts'
import type { Latest, RuleSeries, RuleWorld } from './types.ts'
import { metricUnit } from './unit.ts'

/** A time to judge at, and what is known then. */
export type Moment = { at: number; latest(series: number): Latest | undefined; world: RuleWorld }

/** What the leaves of a flag's expressions are looked up in. `lead` is the series judged under `each`. */
export type Scope = { rule: Rule; memory: FlagMemory; lead: RuleSeries | undefined; moment: Moment }

/** The flag's own expression: of one series and those with equal labels under `each`, else of all of them together. */
export function resultOf(scope: Scope): number | null {
  const { rule } = scope
  if (rule.alone && scope.lead !== undefined) return followed(scope, scope.lead)
  return evaluate(scope, rule.expression, (ref) => {
    const isLead = ref.metric === rule.lead.metric && ref.source === rule.lead.source
    if (isLead && scope.lead !== undefined) return followed(scope, scope.lead)
    const series = isLead
      ? leadSeries(rule, scope.moment.world)
      : seriesFor(rule, ref, rule.flag.labels, false, scope.moment.world)
    if (scope.lead !== undefined) return joined(scope, series, scope.lead.labels)
    const how = rule.expression.kind === 'metric' && rule.flag.over !== 'each' ? rule.flag.over : undefined
    return reduced(scope, ref, series, how)
  })
}

/** What a share is of; null while it is not known. */
export function ofValue(scope: Scope): number | null {
  const { rule, lead } = scope
  if (rule.of === undefined) return null
  return evaluate(scope, rule.of, (ref) => {
    const series = seriesFor(rule, ref, {}, true, scope.moment.world)
    return lead === undefined ? reduced(scope, ref, series) : joined(scope, series, lead.labels)
  })
}

/** The newest value of a side condition: of the series with the judged one's labels where there is one, else of all. */
export function whenValue(scope: Scope, expression: Expression, labels: Labels): number | null {
  return evaluate(scope, expression, (ref) => {
    const series = seriesFor(scope.rule, ref, labels, true, scope.moment.world)
    const same = scope.lead === undefined ? undefined : withLabels(series, scope.lead.labels)
    return same === undefined ? reduced(scope, ref, series, undefined, newest) : newest(scope, same)
  })
}

function evaluate(scope: Scope, expression: Expression, metric: (ref: Ref) => number | null): number | null {
  const { system } = scope.rule.flag
  const { world, at } = scope.moment
  return valueOf(expression, (leaf) => {
    switch (leaf.kind) {
      case 'metric':
        return metric(leaf.ref)
      case 'limit':
        return world.limit(system, leaf.resource) ?? null
      case 'tested':
        return world.tested(system, leaf.resource) ?? null
      case 'event': {
        const end = world.eventEnd?.(system, at)
        return end === undefined ? null : (at - end) / SECOND
      }
    }
  })
}

type Reading = (scope: Scope, series: RuleSeries) => number | null

/** The newest value; none when the series is stale, by word or by its age. */
function newest({ moment }: Scope, series: RuleSeries): number | null {
  const latest = moment.latest(series.id)
  if (latest === undefined || moment.at - latest.at > staleAfterMs(series.everyMs, series.lagMs)) return null
  return latest.value
}

/** What the flag's kind makes of a series (its count in the window, its mean), or the newest value where it makes nothing. */
function followed(scope: Scope, series: RuleSeries): number | null {
  const raw = newest(scope, series)
  if (raw === null || KINDS[scope.rule.kind].follows(scope.rule) !== 'series') return raw
  return scope.memory.parts.get(series.id)?.value ?? null
}

function joined(scope: Scope, series: readonly RuleSeries[], labels: Labels): number | null {
  const match = withLabels(series, labels) ?? (series.length === 1 ? withLabels(series, {}) : undefined)
  return match === undefined ? null : followed(scope, match)
}

function withLabels(series: readonly RuleSeries[], labels: Labels): RuleSeries | undefined {
  const wanted = labelsKey(labels)
  return series.find((other) => labelsKey(other.labels) === wanted)
}

/** Series without a value are left out while others of them have one: their source no longer gives them. */
function reduced(
  scope: Scope,
  ref: Ref,
  series: readonly RuleSeries[],
  how?: Parameters<typeof reduce>[0],
  read: Reading = followed,
): number | null {
  const values = series.flatMap((other) => read(scope, other) ?? [])
  return reduce(how ?? reductionOf(metricUnit(ref.metric, scope.rule.flag.system, scope.moment.world)), values)
}
