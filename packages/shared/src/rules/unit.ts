import { catalogued } from '../metrics.ts'
import type { Flag } from '../model/flag.ts'
import { type Expression, parseExpression } from './expression.ts'
import type { RuleWorld } from './types.ts'

/** The unit of a metric: the catalogue's, or the one its source states, or none. */
export function metricUnit(metric: string, system: string, world: Pick<RuleWorld, 'seriesOf'>): string {
  return catalogued(metric)?.unit ?? world.seriesOf(system, metric)[0]?.unit ?? 'none'
}

/**
 * The unit of arithmetic: equal units keep theirs, numbers take the other side's, counts stay counts (so that
 * "threads a person" clears like a count), anything else has none.
 */
export function expressionUnit(expression: Expression, unitOf: (metric: string) => string): string | undefined {
  switch (expression.kind) {
    case 'number':
      return undefined
    case 'metric':
      return unitOf(expression.ref.metric)
    case 'limit':
    case 'tested':
      return undefined
    case 'event':
      return 'seconds'
    case 'sign': {
      const left = expressionUnit(expression.left, unitOf)
      const right = expressionUnit(expression.right, unitOf)
      if (left === undefined || right === undefined) return left ?? right
      if (left !== right) return 'none'
      return expression.sign === '/' && left !== 'count' ? 'none' : left
    }
  }
}

/** The unit of what a flag compares with its line: of the metric for levels, `count` for counts, `UNIT_per_hour` for leaks. */
export function flagUnit(flag: Flag, world: Pick<RuleWorld, 'seriesOf'>): string {
  switch (flag.kind) {
    case 'count':
    case 'change':
      return 'count'
    case 'absent':
      return 'seconds'
    case 'leak':
      return `${ownUnit(flag, world)}_per_hour`
    case 'threshold':
    case 'share':
    case 'missing':
      return ownUnit(flag, world)
  }
}

function ownUnit(flag: Flag, world: Pick<RuleWorld, 'seriesOf'>): string {
  const parsed = parseExpression(flag.metric)
  if (!parsed.ok) return 'none'
  return expressionUnit(parsed.expression, (metric) => metricUnit(metric, flag.system, world)) ?? 'none'
}
