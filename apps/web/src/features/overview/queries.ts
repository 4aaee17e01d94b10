import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { RangeSeries } from '@headroom/shared/model/series.ts'
import type { FlagView } from '@headroom/shared/model/flag.ts'
import { fetchFlags, fetchRange } from '../../data/http-client.ts'
import { pause, useClock } from '../../data/use-clock.ts'
import { queryKeys } from '../../data/query-keys.ts'
import { useTimeline, useTimelineStore } from '../../data/use-timeline.ts'
import { TREND_MS } from './trend-span.ts'

export const TREND_POINTS = 90
/** A card that only flies by as one scrolls asks for nothing. */
const SETTLE_MS = 120
const FLAGS_MS = 5 * 60_000
const NO_FLAGS: readonly FlagView[] = []
const NO_SERIES: readonly RangeSeries[] = []

export type Trends = {
  series: readonly RangeSeries[]
  /** Why the past could not be read; what comes now is shown all the same. */
  problem: string | undefined
  retry: () => void
}

/** The last quarter of an hour of a few series; what comes after it comes live. */
export function useTrends(series: readonly number[]): Trends {
  const timeline = useTimelineStore()
  const clock = useClock()
  const epoch = useTimeline((each) => each.epoch)
  const answer = useQuery({
    queryKey: queryKeys.range(series, 'trend', epoch),
    queryFn: async ({ signal }) => {
      await pause(clock, SETTLE_MS, signal)
      const to = timeline.serverNow()
      return fetchRange({ series, from: to - TREND_MS, to, points: TREND_POINTS }, signal)
    },
    enabled: series.length > 0,
    staleTime: 5 * 60_000,
    placeholderData: keepPreviousData,
  })
  return {
    series: answer.data?.series ?? NO_SERIES,
    problem: answer.isError ? answer.error.message : undefined,
    retry: () => void answer.refetch(),
  }
}

/** The flags of a system, asked for only where an alert does not say itself which series it is about. */
export function useFlagsOf(system: string, wanted: boolean): readonly FlagView[] {
  const answer = useQuery({
    queryKey: queryKeys.flags(system),
    queryFn: ({ signal }) => fetchFlags(system, signal),
    enabled: wanted,
    staleTime: FLAGS_MS,
  })
  return answer.data ?? NO_FLAGS
}
