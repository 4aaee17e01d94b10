import { z } from 'zod'
import { Alert } from './model/alert.ts'
import { Event } from './model/event.ts'
import { FlagView } from './model/flag.ts'
import { NewNote, Note, NotePatch } from './model/note.ts'
import { RangeSeries, RawSeries, SeriesView } from './model/series.ts'
import { SystemView } from './model/system.ts'

/** Every error's body. `path` is the place in the request or the configuration. */
export const ErrorBody = z.object({
  error: z.object({ code: z.string(), message: z.string(), path: z.string().optional() }),
})
export type ErrorBody = z.infer<typeof ErrorBody>

const text = z.string()
/** A time in a query: epoch milliseconds. */
const time = z.coerce.number().int().nonnegative()
/** What every reading call takes: the state at a past moment, and the recording whose own world is asked. */
const past = { at: time.optional(), recording: text.optional() }
const page = { limit: z.coerce.number().int().min(1).max(5_000).default(500), before: time.optional() }

export const Status = z.object({
  version: text,
  startedAt: z.number(),
  now: z.number(),
  systems: z.number(),
  sources: z.object({ ok: z.number(), failing: z.number(), pending: z.number() }),
  viewers: z.number(),
  store: z.object({
    kind: text,
    bytes: z.number(),
    samples: z.number(),
    oldestAt: z.number().nullable(),
    writable: z.boolean(),
    /** Why nothing is recorded, or what was set aside at start; in words, with what to do. */
    problem: text.optional(),
    retainSeconds: z.number(),
    maxBytes: z.number(),
  }),
  config: z.object({ ok: z.boolean(), file: text.nullable(), error: text.optional() }),
  demo: z.boolean(),
  /** The collector's own use of the machine. */
  self: z.object({ cpuPercent: z.number(), rssBytes: z.number() }),
})
export type Status = z.infer<typeof Status>

export const Range = z.object({
  from: z.number(),
  to: z.number(),
  stepMs: z.number(),
  series: z.array(RangeSeries),
})
export type Range = z.infer<typeof Range>

export const RawRange = z.object({
  from: z.number(),
  to: z.number(),
  series: z.array(RawSeries),
})
export type RawRange = z.infer<typeof RawRange>

/** What was mapped to what, per source: the Set-up screen's table. */
export const MappingView = z.object({
  system: text,
  source: text,
  mapped: z.array(
    z.object({
      path: text,
      metric: text,
      unit: text,
      value: z.union([z.number(), text]),
      labels: z.record(text, text),
      how: text,
    }),
  ),
  leftOut: z.number(),
})
export type MappingView = z.infer<typeof MappingView>

export type Role = 'viewer' | 'operator' | 'admin'

export type Route = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  path: string
  summary: string
  role: Role
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  response: z.ZodType
  /** True where the list is paged with `limit`, `before` and the `Link` header. */
  paged?: boolean
}

/** The HTTP interface as data, all under /api/v1. The routes, the OpenAPI document and the page's client come from it. */
export const ROUTES = {
  status: {
    method: 'GET',
    path: '/status',
    role: 'viewer',
    summary: 'The collector itself: version, store, configuration, viewers.',
    response: Status,
  },
  systems: {
    method: 'GET',
    path: '/systems',
    role: 'viewer',
    summary: 'Every system with its state, sources, headroom and open alerts.',
    query: z.object({ ...past }),
    response: z.array(SystemView),
  },
  series: {
    method: 'GET',
    path: '/series',
    role: 'viewer',
    summary: 'The series with their newest values; all=1 also those silent for 24 hours.',
    query: z.object({ system: text.optional(), all: z.enum(['0', '1', 'true', 'false']).optional(), ...past }),
    response: z.array(SeriesView),
  },
  range: {
    method: 'GET',
    path: '/range',
    role: 'viewer',
    summary:
      'Values between two times, as at most `points` buckets with min, max, avg and last; points=raw gives every sample.',
    query: z.object({
      series: text.regex(/^\d+(,\d+)*$/, 'must be series numbers with commas between').optional(),
      system: text.optional(),
      metric: text.optional(),
      from: time.optional(),
      to: time.optional(),
      points: z.union([z.literal('raw'), z.coerce.number().int().min(1).max(5_000)]).default(300),
      limit: z.coerce.number().int().min(1).max(100_000).default(50_000),
      ...past,
    }),
    response: z.union([Range, RawRange]),
  },
  events: {
    method: 'GET',
    path: '/events',
    role: 'viewer',
    paged: true,
    summary: 'The kept transitions in order.',
    query: z.object({
      after: z.coerce.number().int().nonnegative().optional(),
      from: time.optional(),
      to: time.optional(),
      kind: text.optional(),
      system: text.optional(),
      ...past,
      ...page,
    }),
    response: z.array(Event),
  },
  flags: {
    method: 'GET',
    path: '/flags',
    role: 'viewer',
    summary: 'Every flag with its line, its provenance, and whether a source supplies its metric.',
    query: z.object({ system: text.optional(), ...past }),
    response: z.array(FlagView),
  },
  alerts: {
    method: 'GET',
    path: '/alerts',
    role: 'viewer',
    paged: true,
    summary: 'Occurrences of flags, newest first.',
    query: z.object({
      state: z.enum(['open', 'resolved', 'all']).default('open'),
      system: text.optional(),
      from: time.optional(),
      to: time.optional(),
      ...past,
      ...page,
    }),
    response: z.array(Alert),
  },
  notes: {
    method: 'GET',
    path: '/notes',
    role: 'viewer',
    paged: true,
    summary: 'Notes at a moment or over a span, written by people and by the machine.',
    query: z.object({ system: text.optional(), from: time.optional(), to: time.optional(), ...past, ...page }),
    response: z.array(Note),
  },
  addNote: {
    method: 'POST',
    path: '/notes',
    role: 'operator',
    summary: 'Write a note.',
    body: NewNote,
    response: Note,
  },
  changeNote: {
    method: 'PATCH',
    path: '/notes/:id',
    role: 'operator',
    summary: 'Change a note.',
    params: z.object({ id: text }),
    body: NotePatch,
    response: Note,
  },
  removeNote: {
    method: 'DELETE',
    path: '/notes/:id',
    role: 'operator',
    summary: 'Remove a note.',
    params: z.object({ id: text }),
    response: Note,
  },
  mapping: {
    method: 'GET',
    path: '/mapping',
    role: 'viewer',
    summary: 'What each source last gave and which metric each value became.',
    query: z.object({ system: text.optional() }),
    response: z.array(MappingView),
  },
  definitions: {
    method: 'GET',
    path: '/definitions',
    role: 'viewer',
    summary: 'Each system as configured: limits, bands, expected behaviour, success criteria, flags.',
    query: z.object({ ...past }),
    response: z.array(z.looseObject({ id: text, name: text })),
  },
  configSchema: {
    method: 'GET',
    path: '/config/schema',
    role: 'viewer',
    summary: 'JSON Schema of headroom.yaml.',
    response: z.record(text, z.unknown()),
  },
  openapi: {
    method: 'GET',
    path: '/openapi.json',
    role: 'viewer',
    summary: 'This interface as OpenAPI 3.1.',
    response: z.record(text, z.unknown()),
  },
} as const satisfies Record<string, Route>

export type RouteName = keyof typeof ROUTES
