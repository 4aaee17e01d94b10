import type { Mapped, Point } from '@headroom/shared/model/reading.ts'
import { labelsKey } from '@headroom/shared/model/labels.ts'
import type { Rule } from '../measures/rule.ts'
import { chooseGroups, type Moment, placeFigures, type Placed } from './figures.ts'
import type { Gathered } from './gather.ts'
import { exporterOwn, placeOwn } from './own-series.ts'

/** All points of an exposition: what rules take first, then what follows from it, then the rest under its own names. */
export function readFigures(
  gathered: Gathered,
  rules: readonly Rule[],
  maxSeries: number,
  moment: Moment,
): { points: Point[]; mapped: Mapped[]; leftOut: number } {
  const chosen = chooseGroups(gathered.byRule, rules, gathered.exporter)
  const consumed = new Set(chosen.map(({ family }) => family))
  const rest = gathered.own.filter(({ family }) => !consumed.has(family))
  const { kept, ignored } = gathered.exporter ? exporterOwn(rest) : { kept: rest, ignored: [] }
  const all = withoutRepeats([
    ...placeFigures(chosen, rules, moment),
    ...kept.flatMap((group) => placeOwn(group, moment)),
  ])
  moment.windows.sweep()
  const given = all.slice(0, maxSeries)
  return {
    points: given.flatMap(({ point }) => point ?? []),
    mapped: [...given, ...ignored].map(({ mapped }) => mapped),
    leftOut: gathered.leftOut + gathered.outOfTime + (all.length - given.length),
  }
}

function withoutRepeats(placed: readonly Placed[]): Placed[] {
  const series = new Set<string>()
  return placed.filter(({ mapped }) => {
    const key = `${mapped.metric}${labelsKey(mapped.labels)}`
    if (series.has(key)) return false
    series.add(key)
    return true
  })
}
