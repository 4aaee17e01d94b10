import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import type { Range } from '@headroom/shared/contracts.ts'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { FlagView } from '@headroom/shared/model/flag.ts'
import type { Note } from '@headroom/shared/model/note.ts'
import { fetchAlerts, fetchFlags, fetchNotes } from '../../data/http-client.ts'
import { queryKeys } from '../../data/query-keys.ts'
import { useTimeline, useTimelineStore } from '../../data/use-timeline.ts'
import { createRangeBatch } from './range-batch.ts'
import { POINTS, isGrowing, spanOf } from './view-search.ts'
import type { View } from './view-search.ts'

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
  return useQuery({
    ...useBucketQuery(view)(series, points),
    enabled: series.length > 0,
    refetchInterval: again,
    staleTime: again || Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  })
}

type BucketQuery = { queryKey: readonly unknown[]; queryFn: (asked: { signal: AbortSignal }) => Promise<Range> }

function useBucketQuery(view: View): (series: readonly number[], points: number) => BucketQuery {
  const timeline = useTimelineStore()
  const epoch = useTimeline((each) => each.epoch)
  return (series, points) => ({
    queryKey: queryKeys.range(series, `${view.key}/${points}`, epoch),
    queryFn: ({ signal }) => {
      // Whole seconds, so that all who ask now ask for the same.
      const now = Math.ceil(timeline.serverNow() / SECOND_MS) * SECOND_MS
      const to = view.kind === 'live' ? now : view.to
      return history.load({ series, from: to - spanOf(view), to, points }, signal)
    },
  })
}

/** Asks for what charts will show while they are still being put together: to be called as they are rendered. */
export function useEarlyHistory(charts: readonly { series: readonly number[]; many: boolean }[], view: View): void {
  const client = useQueryClient()
  const bucketQuery = useBucketQuery(view)
  for (const { series, many } of charts) {
    const query = bucketQuery(series, many ? 1 : POINTS)
    // What was asked before, whatever became of it, is not asked again.
    if (client.getQueryState(query.queryKey) === undefined) client.query(query).catch(() => undefined)
  }
  history.askNow()
}

export function useFlags(system: string): UseQueryResult<FlagView[]> {
  const series = useTimeline((timeline) => timeline.seriesOf(system).length)
  return useQuery({
    queryKey: [...queryKeys.flags(system), series],
    queryFn: ({ signal }) => fetchFlags(system, signal),
    refetchInterval: REFETCH_MS,
    placeholderData: keepPreviousData,
  })
}

/** Times are asked for in steps, so that a moving window does not ask anew each second. */
function askedSpan(from: number, to: number): { from: number; to: number } {
  const step = Math.max(60_000, (to - from) / 4)
  return { from: Math.floor(from / step) * step, to: Math.ceil(to / step) * step }
}

/** The alerts that touch a window: those asked for, with what came live since laid over them. */
export function useSpanAlerts(system: string, window: { from: number; to: number }): Alert[] {
  const span = askedSpan(window.from, window.to)
  const epoch = useTimeline((timeline) => timeline.epoch)
  const live = useTimeline((timeline) => timeline.alerts)
  const answer = useQuery({
    queryKey: queryKeys.alerts(system, span.from, span.to, epoch),
    queryFn: ({ signal }) => fetchAlerts({ system, ...span }, signal),
    placeholderData: keepPreviousData,
    staleTime: REFETCH_MS,
  })
  const byId = new Map((answer.data ?? []).filter((alert) => alert.system === system).map((alert) => [alert.id, alert]))
  for (const alert of live) if (alert.system === system) byId.set(alert.id, alert)
  return [...byId.values()].filter(
    (alert) => alert.since <= window.to && (alert.resolvedAt ?? Number.POSITIVE_INFINITY) >= window.from,
  )
}

/** The notes of a window, of this system or of all. */
export function useSpanNotes(system: string, window: { from: number; to: number }): Note[] {
  const span = askedSpan(window.from, window.to)
  const epoch = useTimeline((timeline) => timeline.epoch)
  const live = useTimeline((timeline) => timeline.notes)
  const answer = useQuery({
    queryKey: queryKeys.notes(system, span.from, span.to, epoch),
    queryFn: ({ signal }) => fetchNotes({ system, ...span }, signal),
    placeholderData: keepPreviousData,
    staleTime: REFETCH_MS,
  })
  const byId = new Map((answer.data ?? []).map((note) => [note.id, note]))
  for (const note of live) if (note.system === undefined || note.system === system) byId.set(note.id, note)
  return [...byId.values()].filter((note) => note.at <= window.to && (note.until ?? note.at) >= window.from)
}
