import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { RangeSeries } from '@headroom/shared/model/series.ts'
import { fetchRange } from '../../data/http-client.ts'
import { queryKeys } from '../../data/query-keys.ts'
import { useTimeline, useTimelineStore } from '../../data/use-timeline.ts'

export const TREND_MS = 15 * 60_000
export const TREND_POINTS = 60

/** The last quarter of an hour of a few series; what comes after it comes live. */
export function useTrends(series: readonly number[], wanted: boolean): readonly RangeSeries[] {
  const timeline = useTimelineStore()
  const epoch = useTimeline((each) => each.epoch)
  const answer = useQuery({
    queryKey: queryKeys.range(series, 'trend', epoch),
    queryFn: async ({ signal }) => {
      const to = timeline.serverNow()
      const range = await fetchRange({ series, from: to - TREND_MS, to, points: TREND_POINTS }, signal)
      timeline.learn(range.series)
      return range
    },
    enabled: wanted && series.length > 0,
    staleTime: 5 * 60_000,
    placeholderData: keepPreviousData,
  })
  return answer.data?.series ?? []
}
