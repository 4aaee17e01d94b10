import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import type { Range } from '@headroom/shared/contracts.ts'
import { comingHistory, earlyHistory } from '../../data/early-answers.ts'
import type { RangeQuery } from '../../data/http-client.ts'
import { queryKeys } from '../../data/query-keys.ts'
import { useTimeline, useTimelineStore } from '../../data/use-timeline.ts'
import { createRangeBatch } from './range-batch.ts'
import { POINTS, isGrowing, spanOf } from './view.ts'
import type { View } from './view.ts'

const REFETCH_MS = 60_000
const SECOND_MS = 1_000

const history = createRangeBatch()

/** A window that grows is fetched again before the page has gathered more than a tenth of it by itself, or five minutes. */
function againAfter(view: View, now: number): number | false {
  return isGrowing(view, now) ? Math.min(5 * 60_000, Math.max(REFETCH_MS, spanOf(view) / 10)) : false
}

/** The history of some series over the window. Charts that ask in the same moment share one request. */
export function useRange(series: readonly number[], view: View): UseQueryResult<Range> {
  return useBuckets(series, view, POINTS)
}

/** The least and the greatest value of each series over the whole window. */
export function useExtremes(series: readonly number[], view: View): UseQueryResult<Range> {
  return useBuckets(series, view, 1)
}

function useBuckets(series: readonly number[], view: View, points: number): UseQueryResult<Range> {
  const timeline = useTimelineStore()
  const again = againAfter(view, timeline.serverNow())
  const { queryKey, queryFn } = useBucketQuery(view)(series, points)
  return useQuery({
    queryKey,
    queryFn,
    enabled: series.length > 0,
    refetchInterval: again,
    staleTime: again || Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  })
}

type BucketQuery = {
  queryKey: readonly unknown[]
  queryFn: (asked: { signal: AbortSignal }) => Promise<Range>
  /** What was asked for before the page ran, if it is that. */
  early: () => Range | undefined
}

function useBucketQuery(view: View): (series: readonly number[], points: number) => BucketQuery {
  const timeline = useTimelineStore()
  const epoch = useTimeline((each) => each.epoch)
  // Once something was missed, what was asked for before that is no use.
  const whole = epoch === 0
  return (series, points) => {
    const asked = (): RangeQuery => {
      // Whole seconds, so that all who ask now ask for the same.
      const now = Math.ceil(timeline.serverNow() / SECOND_MS) * SECOND_MS
      const to = view.kind === 'live' ? now : view.to
      return { series, from: to - spanOf(view), to, points }
    }
    return {
      queryKey: queryKeys.range(series, `${view.key}/${points}`, epoch),
      queryFn: async ({ signal }) =>
        (whole ? await comingHistory(asked(), signal) : undefined) ?? (await history.load(asked(), signal)),
      early: () => (whole ? earlyHistory(asked()) : undefined),
    }
  }
}

/** Asks for what charts will show while they are still being put together: to be called as they are rendered. */
export function useEarlyHistory(charts: readonly { series: readonly number[]; many: boolean }[], view: View): void {
  const client = useQueryClient()
  const bucketQuery = useBucketQuery(view)
  for (const { series, many } of charts) {
    const { early, ...query } = bucketQuery(series, many ? 1 : POINTS)
    // What was asked before, whatever became of it, is not asked again.
    if (client.getQueryState(query.queryKey) !== undefined) continue
    const range = early()
    if (range === undefined) client.query(query).catch(() => undefined)
    else client.setQueryData(query.queryKey, range)
  }
  history.askNow()
}
