import type { Flag } from '../model/flag.ts'
import { staleAfterMs } from '../staleness.ts'
import { SECOND } from '../time.ts'
import { CHANGE_CLEARS_MS } from './change.ts'
import { clearLevel } from './compare.ts'
import { type Expression, valueOf } from './expression.ts'
import { reduce, reductionOf } from './reduction.ts'
import { ruleOf } from './rule.ts'
import { shareLines } from './share.ts'
import { leadSeries } from './select.ts'
import type { RuleSeries, RuleWorld } from './types.ts'
import { expressionUnit, metricUnit } from './unit.ts'

/** The world as far as lines need it; where series carry their newest `value`, shares of a metric have lines too. */
export type LineWorld = Pick<RuleWorld, 'limit' | 'tested'> & {
  seriesOf(system: string, metric: string): readonly (RuleSeries & { value?: number | null })[]
}

/**
 * The line in the metric's own unit (80 % of a limit of 100 is 80), or null while what it is a share of is unknown.
 * For kinds that are no level of their metric (`isLevel`) it is the line as the flag says it: events, falls, units
 * an hour, how many are missing; for `absent`, seconds of silence.
 */
export function lineOf(flag: Flag, world: LineWorld): number | null {
  return linesOf(flag, world)?.line ?? null
}

/** The level at which it clears, in the same unit as its line; for `change`, the seconds after which it does. */
export function clearOf(flag: Flag, world: LineWorld): number | null {
  return linesOf(flag, world)?.clear ?? null
}

/** Whether the line can be drawn over its metric's values. */
export function isLevel(flag: Pick<Flag, 'kind'>): boolean {
  return flag.kind === 'threshold' || flag.kind === 'share'
}

/** Whether every metric the flag needs is given. A limit that is not known yet makes no flag unsupplied. */
export function flagSupplied(flag: Flag, hasMetric: (metric: string, source?: string) => boolean): boolean {
  const rule = ruleOf(flag)
  if (rule === undefined) return false
  return [...rule.refs, ...rule.whens.flatMap((when) => when.refs)].every((ref) => hasMetric(ref.metric, ref.source))
}

function linesOf(flag: Flag, world: LineWorld): { line: number; clear: number } | null {
  const rule = ruleOf(flag)
  if (rule === undefined) return null
  const unit = expressionUnit(rule.expression, (metric) => metricUnit(metric, flag.system, world)) ?? 'none'
  switch (rule.kind) {
    case 'threshold':
    case 'missing':
      return plain(flag, unit)
    case 'count':
      return plain(flag, 'count')
    case 'leak':
      return plain(flag, unit === 'count' ? 'count' : 'none')
    case 'change':
      return { line: flag.line, clear: flag.clear ?? CHANGE_CLEARS_MS / SECOND }
    case 'share': {
      const of = rule.of === undefined ? null : ofNow(rule.of, flag.system, world)
      return of === null || of <= 0 ? null : shareLines(flag, of, unit)
    }
    case 'absent': {
      const [first] = leadSeries(rule, world)
      if (first === undefined) return null
      const line = staleAfterMs(first.everyMs, first.lagMs) / SECOND
      return { line, clear: line }
    }
  }
}

function plain(flag: Flag, unit: string): { line: number; clear: number } {
  return { line: flag.line, clear: flag.clear ?? clearLevel(flag.compare, flag.line, unit) }
}

function ofNow(of: Expression, system: string, world: LineWorld): number | null {
  return valueOf(of, (leaf) => {
    switch (leaf.kind) {
      case 'limit':
        return world.limit(system, leaf.resource) ?? null
      case 'tested':
        return world.tested(system, leaf.resource) ?? null
      case 'event':
        return null
      case 'metric': {
        const meant = world
          .seriesOf(system, leaf.ref.metric)
          .filter((series) => (leaf.ref.source === undefined ? series.primary : series.source === leaf.ref.source))
        return reduce(
          reductionOf(metricUnit(leaf.ref.metric, system, world)),
          meant.flatMap((series) => series.value ?? []),
        )
      }
    }
  })
}
