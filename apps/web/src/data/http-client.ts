import { ErrorBody, ROUTES } from '@headroom/shared/contracts.ts'
import type { MappingView, Range, Status } from '@headroom/shared/contracts.ts'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { FlagView } from '@headroom/shared/model/flag.ts'
import type { Note } from '@headroom/shared/model/note.ts'
import type { SeriesView } from '@headroom/shared/model/series.ts'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { z } from 'zod'
import { Definition } from './definition.ts'

const TIMEOUT_MS = 10_000

/** An answer that is no use, in words for a person. */
export class HttpProblem extends Error {
  readonly code: string
  readonly retryable: boolean

  constructor(code: string, message: string, retryable: boolean) {
    super(message)
    this.code = code
    this.retryable = retryable
  }
}

type Query = Record<string, string | number | undefined>

export async function getJson<S extends z.ZodType>(
  path: string,
  schema: S,
  query: Query,
  signal: AbortSignal,
): Promise<z.output<S>> {
  const words = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]))
  const search = words.length === 0 ? '' : `?${new URLSearchParams(words)}`
  const response = await ask(`/api/v1${path}${search}`, signal)
  const body: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw refused(response.status, body)
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const where = parsed.error.issues[0]?.path.join('.') ?? ''
  throw new HttpProblem(
    'not_understood',
    `The answer to ${path} was not understood${where === '' ? '' : ` (at ${where})`}. Reload the page: the collector may be newer than it.`,
    false,
  )
}

async function ask(url: string, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      headers: { accept: 'application/json' },
    })
  } catch (error) {
    if (signal.aborted) throw error
    throw new HttpProblem('no_answer', 'The collector did not answer. Is it running?', true)
  }
}

function refused(status: number, body: unknown): HttpProblem {
  const parsed = ErrorBody.safeParse(body)
  if (parsed.success) return new HttpProblem(parsed.data.error.code, parsed.data.error.message, status >= 500)
  return new HttpProblem(`http_${status}`, `The collector answered ${status}.`, status >= 500)
}

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

export function fetchFlags(system: string, signal: AbortSignal): Promise<FlagView[]> {
  return getJson(ROUTES.flags.path, ROUTES.flags.response, { system }, signal)
}

export function fetchMapping(system: string | undefined, signal: AbortSignal): Promise<MappingView[]> {
  return getJson(ROUTES.mapping.path, ROUTES.mapping.response, { system }, signal)
}

export function fetchDefinitions(signal: AbortSignal): Promise<Definition[]> {
  return getJson(ROUTES.definitions.path, z.array(Definition), {}, signal)
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
