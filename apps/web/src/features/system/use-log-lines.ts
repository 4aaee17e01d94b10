import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { Event } from '@headroom/shared/model/event.ts'
import { DAY } from '@headroom/shared/time.ts'
import { fetchLogEvents } from '../../data/http-client.ts'
import { useTimeline, useTimelineStore } from '../../data/use-timeline.ts'

const REFETCH_MS = 60_000
/** What is older is told by nobody's clock of now. */
const AHEAD_MS = DAY

/** What is asked of each of some patterns: its newest events, of so many days at most. */
export const LOG_DAYS = 7

/**
 * The newest events of patterns of a system's logs, asked for anew as soon as their series say that more were found.
 * `metric` is the one that counts them.
 */
export function useLogEvents(
  system: string,
  { patterns, metric, limit, wanted }: { patterns: readonly string[]; metric: string; limit: number; wanted: boolean },
): UseQueryResult<Event[][]> {
  const timeline = useTimelineStore()
  const epoch = useTimeline((each) => each.epoch)
  const answer = useQuery({
    queryKey: ['log', system, metric, patterns.join('\n'), limit, epoch],
    queryFn: ({ signal }) => {
      const now = timeline.serverNow()
      const span = { from: Math.max(0, Math.round(now - LOG_DAYS * DAY)), before: Math.round(now + AHEAD_MS), limit }
      return Promise.all(patterns.map((pattern) => fetchLogEvents({ system, pattern, ...span }, signal)))
    },
    enabled: wanted && patterns.length > 0,
    refetchInterval: REFETCH_MS,
    staleTime: REFETCH_MS,
    placeholderData: keepPreviousData,
  })
  const found = useFoundAt(system, metric, patterns)
  const { refetch } = answer
  const known = useRef(found)
  useEffect(() => {
    if (known.current === found) return
    known.current = found
    // 0: nothing is being found any more, which brings no line.
    if (wanted && found > 0) void refetch()
  }, [found, refetch, wanted])
  return answer
}

/** When lines of these patterns were last counted, as far as the newest values say it; 0 while none are. */
function useFoundAt(system: string, metric: string, patterns: readonly string[]): number {
  return useTimeline((timeline) =>
    timeline.seriesOf(system).reduce((latest, series) => {
      const { pattern } = series.labels
      if (series.metric !== metric || pattern === undefined || !patterns.includes(pattern)) return latest
      const { at, value } = timeline.newest(series.id)
      return value !== null && value > 0 && at !== null ? Math.max(latest, at) : latest
    }, 0),
  )
}
