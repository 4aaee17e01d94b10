import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Range } from '@headroom/shared/contracts.ts'
import type { SeriesView } from '@headroom/shared/model/series.ts'
import type { Criterion, SystemView } from '@headroom/shared/model/system.ts'
import { staleAfterMs } from '@headroom/shared/staleness.ts'
import { fetchRange } from '../../data/http-client.ts'
import { queryKeys } from '../../data/query-keys.ts'
import type { Timeline } from '../../data/timeline.ts'
import { useTimeline, useTimelineStore } from '../../data/use-timeline.ts'
import { criterionQuestion, criterionValues, streakOf, worstSide } from './criterion-history.ts'
import type { Streak, Verdict } from './criterion-history.ts'
import { judge } from './judge-criterion.ts'
import { seriesAsked, unitAsked, valueNow } from './value-now.ts'

const MIN_MS = 60_000
const LAGGING_MS = 3_000
/** The last half hour in steps of 5 s tells most; only what did not change in it is looked for in the day before. */
const NEAR = { spanMs: 30 * MIN_MS, points: 360 }
const FAR = { spanMs: 24 * 60 * MIN_MS, points: 288 }
const VERDICTS: readonly Verdict[] = ['met', 'not met', 'not known', 'by hand']

/** A line of the checklist with its verdict of now; `series` are those it is judged by, `streak` since when it is so. */
export type JudgedCriterion = {
  criterion: Criterion
  verdict: Verdict
  series: readonly SeriesView[]
  streak: Streak | undefined
}

/** The checklist judged by the live values. Since when each is as it is, is asked for while `seen`. */
export function useCriteria(system: SystemView, criteria: readonly Criterion[], seen: boolean): JudgedCriterion[] {
  const timeline = useTimelineStore()
  const all = useTimeline((each) => each.seriesOf(system.id))
  const asked = useMemo(() => criteria.map((criterion) => seriesOf(criterion, all)), [criteria, all])
  // As text, so that a value that changes nothing about the verdicts renders nobody.
  const said = useTimeline((each) =>
    criteria.map((criterion) => judge(criterion, criterionValue(criterion, all, each))).join('\n'),
  )
  const ids = useMemo(() => [...new Set(asked.flat().map((each) => each.id))].toSorted((a, b) => a - b), [asked])
  const gapMs = gapOf(system)
  const near = useHistory(ids, NEAR, said, seen, (range) =>
    criteria.some((criterion, index) => {
      const verdict = judge(criterion, criterionValue(criterion, all, timeline))
      const known = verdict === 'met' || verdict === 'not met'
      return known && streakIn(range, { criterion, verdict, series: asked[index] ?? [] }, gapMs) === undefined
    }),
  )
  const judged = useMemo(() => {
    const verdicts = said.split('\n').map((text) => VERDICTS.find((each) => each === text) ?? 'not known')
    return criteria.map((criterion, index): JudgedCriterion => {
      const one = { criterion, verdict: verdicts[index] ?? 'not known', series: asked[index] ?? [] }
      return { ...one, streak: near === undefined ? undefined : streakIn(near, one, gapMs) }
    })
  }, [asked, criteria, gapMs, near, said])
  const far = useHistory(ids, FAR, said, seen && judged.some((each) => each.streak?.whole === true), () => false)
  return useMemo(
    () =>
      judged.map((one) =>
        far === undefined || one.streak?.whole !== true
          ? one
          : { ...one, streak: streakIn(far, one, gapMs) ?? one.streak },
      ),
    [far, gapMs, judged],
  )
}

/** The value a criterion is judged by now; null while nobody knows it. */
export function criterionValue(criterion: Criterion, all: readonly SeriesView[], timeline: Timeline): number | null {
  const question = criterionQuestion(criterion)
  if (question === undefined) return null
  return valueNow(question, worstSide(criterion), { series: all, value: (id) => timeline.newest(id).value })
}

export function criterionUnit(criterion: Criterion, series: readonly SeriesView[]): string {
  const question = criterionQuestion(criterion)
  return question === undefined ? 'none' : unitAsked(question, series)
}

/**
 * The buckets of a span up to now. What is said of now is part of the key: a verdict that turns is looked up at once. It
 * is asked for again while it lags behind what is said: the page's idea of the collector's time is never exact.
 */
function useHistory(
  ids: readonly number[],
  { spanMs, points }: typeof NEAR,
  said: string,
  wanted: boolean,
  lags: (range: Range) => boolean,
): Range | undefined {
  const timeline = useTimelineStore()
  const epoch = useTimeline((each) => each.epoch)
  return useQuery({
    queryKey: queryKeys.range(ids, `criteria ${spanMs} ${said}`, epoch),
    queryFn: ({ signal }) => {
      const to = timeline.serverNow()
      return fetchRange({ series: ids, from: to - spanMs, to, points }, signal)
    },
    enabled: wanted && ids.length > 0,
    staleTime: MIN_MS,
    gcTime: MIN_MS,
    refetchInterval: ({ state }) => (state.data !== undefined && lags(state.data) ? LAGGING_MS : false),
    placeholderData: keepPreviousData,
  }).data
}

function streakIn(range: Range, one: Omit<JudgedCriterion, 'streak'>, gapMs: number): Streak | undefined {
  const values = criterionValues(one.criterion, one.series, range)
  return streakOf(one.criterion, one.verdict, values, range, gapMs + range.stepMs)
}

function seriesOf(criterion: Criterion, all: readonly SeriesView[]): readonly SeriesView[] {
  const question = criterionQuestion(criterion)
  return question === undefined ? [] : seriesAsked(question, all)
}

/** A silence longer than the slowest source may be silent says nothing of what was before it. */
function gapOf({ sources }: SystemView): number {
  return Math.max(0, ...sources.map((each) => staleAfterMs(each.everySeconds * 1000, each.lagSeconds * 1000)))
}
