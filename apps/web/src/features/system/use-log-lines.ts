import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Event } from '@headroom/shared/model/event.ts'
import { DAY } from '@headroom/shared/time.ts'
import { fetchLogEvents } from '../../data/http-client.ts'
import type { Timeline } from '../../data/timeline.ts'
import { useTimeline, useTimelineStore } from '../../data/use-timeline.ts'

const REFETCH_MS = 60_000
/** Between two looks at the same, where nothing says that there is more. */
const STALE_MS = 5_000
/** The newest ones, whatever the page takes for the collector's time. */
const AHEAD_MS = DAY

/** What is asked of each of some patterns: its newest events, of so many days at most. */
export const LOG_DAYS = 7

type Asked = { patterns: readonly string[]; metric: string; limit: number; wanted: boolean }
/** The events of each pattern, and up to when lines had been counted when they were asked for. */
type Found = { foundAt: number; events: Event[][] }

/**
 * The newest events of patterns of a system's logs, asked for anew as soon as their series say that more were found.
 * `metric` is the one that counts them.
 */
export function useLogEvents(system: string, { patterns, metric, limit, wanted }: Asked): UseQueryResult<Found> {
  const timeline = useTimelineStore()
  const epoch = useTimeline((each) => each.epoch)
  const foundNow = (each: Timeline): number => foundAt(each, system, metric, patterns)
  const answer = useQuery({
    queryKey: ['log', system, metric, patterns.join('\n'), limit, epoch],
    queryFn: async ({ signal }) => {
      const now = timeline.serverNow()
      const found = foundNow(timeline)
      const span = { from: Math.max(0, Math.round(now - LOG_DAYS * DAY)), before: Math.round(now + AHEAD_MS), limit }
      const events = patterns.map((pattern) => fetchLogEvents({ system, pattern, ...span }, signal))
      return { foundAt: found, events: await Promise.all(events) }
    },
    enabled: wanted && patterns.length > 0,
    refetchInterval: REFETCH_MS,
    staleTime: STALE_MS,
    placeholderData: keepPreviousData,
  })
  const { data, isFetching, isError, refetch } = answer
  const more = useTimeline(foundNow) > (data?.foundAt ?? Infinity)
  useEffect(() => {
    // After a failure the next look is the one that is due anyway, or the reader's.
    if (wanted && more && !isFetching && !isError) void refetch()
  }, [more, isFetching, isError, refetch, wanted])
  return answer
}

/** When lines of these patterns were last counted, as far as the newest values say it; 0 while none are. */
function foundAt(timeline: Timeline, system: string, metric: string, patterns: readonly string[]): number {
  return timeline.seriesOf(system).reduce((latest, series) => {
    const { pattern } = series.labels
    if (series.metric !== metric || pattern === undefined || !patterns.includes(pattern)) return latest
    const { at, value } = timeline.newest(series.id)
    return value !== null && value > 0 && at !== null ? Math.max(latest, at) : latest
  }, 0)
}
