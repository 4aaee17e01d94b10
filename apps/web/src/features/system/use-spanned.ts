import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { Note } from '@headroom/shared/model/note.ts'
import { fetchAlerts, fetchNotes } from '../../data/http-client.ts'
import { queryKeys } from '../../data/query-keys.ts'
import { useSteadyError } from '../../data/use-steady-error.ts'
import { useTimeline } from '../../data/use-timeline.ts'
import { askedSpan, tellsAllOf } from './asked-span.ts'
import type { Span } from './asked-span.ts'

const FRESH_MS = 60_000

/** What is not known of a window's past: without it, that there was nothing would be a guess. */
export type Gap = { kind: 'none' } | { kind: 'reading' } | { kind: 'failed'; error: Error; retry: () => void }

/** What is known of a window: what was asked for, with what came live since laid over it. */
export type Spanned<T> = { items: T[]; gap: Gap }

/** The alerts that touch a window. */
export function useSpanAlerts(system: string, window: Span): Spanned<Alert> {
  const live = useTimeline((timeline) => timeline.alerts)
  const { past, gap } = usePast(window, {
    key: queryKeys.alerts,
    load: (span, signal) => fetchAlerts({ system, ...span }, signal),
    system,
  })
  const byId = new Map(past.filter((alert) => alert.system === system).map((alert) => [alert.id, alert]))
  for (const alert of live) if (alert.system === system) byId.set(alert.id, alert)
  const touches = (alert: Alert): boolean =>
    alert.since <= window.to && (alert.resolvedAt ?? Number.POSITIVE_INFINITY) >= window.from
  return { items: [...byId.values()].filter(touches), gap }
}

/** The notes of a window, of this system or of all. */
export function useSpanNotes(system: string, window: Span): Spanned<Note> {
  const live = useTimeline((timeline) => timeline.notes)
  const { past, gap } = usePast(window, {
    key: queryKeys.notes,
    load: (span, signal) => fetchNotes({ system, ...span }, signal),
    system,
  })
  const byId = new Map(past.map((note) => [note.id, note]))
  for (const note of live) if (note.system === undefined || note.system === system) byId.set(note.id, note)
  const touches = (note: Note): boolean => note.at <= window.to && (note.until ?? note.at) >= window.from
  return { items: [...byId.values()].filter(touches), gap }
}

type Past<T> = {
  key: (system: string, from: number, to: number, epoch: number) => readonly unknown[]
  load: (span: Span, signal: AbortSignal) => Promise<T[]>
  system: string
}

function usePast<T>(window: Span, { key, load, system }: Past<T>): { past: readonly T[]; gap: Gap } {
  const span = askedSpan(window)
  const epoch = useTimeline((timeline) => timeline.epoch)
  const answer = useQuery({
    queryKey: key(system, span.from, span.to, epoch),
    queryFn: async ({ signal }) => ({ span, items: await load(span, signal) }),
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
  })
  const told = answer.data !== undefined && tellsAllOf(answer.data.span, window) ? answer.data : undefined
  const error = useSteadyError({ data: told, error: answer.error })
  return { past: answer.data?.items ?? [], gap: gapOf() }

  function gapOf(): Gap {
    if (told !== undefined) return { kind: 'none' }
    return error === null ? { kind: 'reading' } : { kind: 'failed', error, retry: () => void answer.refetch() }
  }
}
