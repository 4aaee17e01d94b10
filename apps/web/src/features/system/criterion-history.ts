import type { Range } from '@headroom/shared/contracts.ts'
import type { Compare } from '@headroom/shared/model/flag.ts'
import type { SeriesView } from '@headroom/shared/model/series.ts'
import type { Criterion } from '@headroom/shared/model/system.ts'
import { isUpward } from '@headroom/shared/rules/compare.ts'
import { judge } from './judge-criterion.ts'
import { valueNow } from './value-now.ts'
import type { Question } from './value-now.ts'

export type Verdict = ReturnType<typeof judge>
/** `whole`: it was so for all of what was looked at, and may have been so before. */
export type Streak = { since: number; whole: boolean }

/** What a criterion asks of its system; undefined where it is for people to judge. */
export function criterionQuestion({ metric, labels }: Criterion): Question | undefined {
  return metric === undefined ? undefined : { metric, labels: labels ?? {}, over: 'each' }
}

/** Of several values the one counts that is furthest from what is wanted: the greatest, where it must be below. */
export function worstSide({ below, atMost }: Criterion): Compare {
  return below !== undefined || atMost !== undefined ? 'above' : 'below'
}

/** The value a criterion was judged by in each bucket of the past, null where nobody knows it. */
export function criterionValues(
  criterion: Criterion,
  series: readonly SeriesView[],
  range: Range,
): { at: number; value: number | null }[] {
  const question = criterionQuestion(criterion)
  if (question === undefined) return []
  const compare = worstSide(criterion)
  const byId = new Map(range.series.map((each) => [each.id, each]))
  const times = range.series[0]?.t ?? []
  const plain = series.every((each) => each.metric === question.metric)
  // Within a bucket, too, the worst counts; of arithmetic it cannot be told, there the last values are taken.
  const kept = plain ? (isUpward(compare) ? 'max' : 'min') : 'last'
  // The newest bucket may hold the very turn: there it is the last value that is of now.
  const newest = times.findLastIndex((_, index) => range.series.some((each) => each.last[index] !== null))
  return times.map((at, index) => {
    const read = index === newest ? 'last' : kept
    return { at, value: valueNow(question, compare, { series, value: (id) => byId.get(id)?.[read][index] ?? null }) }
  })
}

/**
 * Since when a verdict has been what it is now, looking back from `range.to`. A silence longer than `gapMs` ends it:
 * nobody knows what was before. Undefined where the newest known value says something else.
 */
export function streakOf(
  criterion: Criterion,
  verdict: Verdict,
  values: readonly { at: number; value: number | null }[],
  range: Pick<Range, 'from' | 'to'>,
  gapMs: number,
): Streak | undefined {
  let since: number | undefined
  for (const { at, value } of values.toReversed()) {
    if (value === null) continue
    if ((since ?? range.to) - at > gapMs || judge(criterion, value) !== verdict)
      return since === undefined ? undefined : { since, whole: false }
    since = at
  }
  return since === undefined ? undefined : { since, whole: since - range.from <= gapMs }
}
