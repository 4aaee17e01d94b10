import { ROUTES } from '@headroom/shared/contracts.ts'
import type { MappingView, Range, Status } from '@headroom/shared/contracts.ts'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { Event } from '@headroom/shared/model/event.ts'
import type { FlagView } from '@headroom/shared/model/flag.ts'
import type { Note } from '@headroom/shared/model/note.ts'
import type { PlannedEvent } from '@headroom/shared/model/planned-event.ts'
import type { SeriesView } from '@headroom/shared/model/series.ts'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { FramesAnswer } from './frames-answer.ts'
import { HttpProblem } from './http-problem.ts'
import { TIMEOUT_MS, getJson } from './json-call.ts'
import type { Place } from './stream-place.ts'

export type RangeQuery = { series: readonly number[]; from: number; to: number; points: number }
export type SpanQuery = { system: string; from: number; to: number }

export function fetchStatus(signal: AbortSignal): Promise<Status> {
  return getJson(ROUTES.status.path, ROUTES.status.response, {}, signal)
}

export function fetchSystems(signal: AbortSignal): Promise<SystemView[]> {
  return getJson(ROUTES.systems.path, ROUTES.systems.response, {}, signal)
}

export function fetchSeries(signal: AbortSignal): Promise<SeriesView[]> {
  return getJson(ROUTES.series.path, ROUTES.series.response, {}, signal)
}

export function fetchOpenAlerts(signal: AbortSignal): Promise<Alert[]> {
  return getJson(ROUTES.alerts.path, ROUTES.alerts.response, { state: 'open', limit: 5_000 }, signal)
}

export function fetchAlerts(span: SpanQuery, signal: AbortSignal): Promise<Alert[]> {
  return getJson(ROUTES.alerts.path, ROUTES.alerts.response, { state: 'all', ...span }, signal)
}

export function fetchNotes(span: SpanQuery, signal: AbortSignal): Promise<Note[]> {
  return getJson(ROUTES.notes.path, ROUTES.notes.response, { ...span }, signal)
}

export type LogQuery = { system: string; pattern: string; from: number; before: number; limit: number }

/** The newest lines of a system's logs that were kept for a pattern, oldest of them first. */
export function fetchLogEvents(query: LogQuery, signal: AbortSignal): Promise<Event[]> {
  return getJson(ROUTES.events.path, ROUTES.events.response, { kind: 'log', ...query }, signal)
}

export function fetchFlags(system: string, signal: AbortSignal): Promise<FlagView[]> {
  return getJson(ROUTES.flags.path, ROUTES.flags.response, { system }, signal)
}

export function fetchAllFlags(signal: AbortSignal): Promise<FlagView[]> {
  return getJson(ROUTES.flags.path, ROUTES.flags.response, {}, signal)
}

export function fetchMapping(system: string | undefined, signal: AbortSignal): Promise<MappingView[]> {
  return getJson(ROUTES.mapping.path, ROUTES.mapping.response, { system }, signal)
}

export function fetchPlanned(signal: AbortSignal): Promise<PlannedEvent[]> {
  return getJson(ROUTES.planned.path, ROUTES.planned.response, {}, signal)
}

/** What came after a place in the stream; the collector may hold the answer back for `waitMs`. */
export function fetchFrames(place: Place | undefined, waitMs: number, signal: AbortSignal): Promise<FramesAnswer> {
  const query = { stream: place?.stream, after: place?.seq, wait: waitMs }
  return getJson(ROUTES.frames.path, FramesAnswer, query, signal, waitMs + TIMEOUT_MS)
}

export async function fetchRange(query: RangeQuery, signal: AbortSignal): Promise<Range> {
  const { series, from, to, points } = query
  const answer = await getJson(
    ROUTES.range.path,
    ROUTES.range.response,
    { series: series.join(','), from: Math.round(from), to: Math.round(to), points },
    signal,
  )
  if ('stepMs' in answer) return answer
  throw new HttpProblem('not_understood', 'The collector gave every sample where buckets were asked for.', false)
}
