import { z } from 'zod'
import { Alert } from './model/alert.ts'
import { AnswerView } from './model/answer.ts'
import { AskedView } from './model/asked.ts'
import { Event } from './model/event.ts'
import { FlagView } from './model/flag.ts'
import { NewNote, Note, NotePatch } from './model/note.ts'
import { PlannedEvent } from './model/planned-event.ts'
import { RangeSeries, RawSeries, SeriesView } from './model/series.ts'
import { Status } from './model/status.ts'
import { PresetView, SourceKindView } from './model/source-kind.ts'
import { SystemView } from './model/system.ts'
import { Mapped, NewSystem, SystemWritten, Trial, TrialRequest } from './model/trial.ts'
import { ServerMessage } from './protocol.ts'

// It is as much a part of the interface as the routes are, and found beside them.
export { Status } from './model/status.ts'

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
  mapped: z.array(Mapped),
  leftOut: z.number(),
})
export type MappingView = z.infer<typeof MappingView>

/** Frames over plain HTTP, for a page whose WebSocket does not get through: the hello first, then what came after `seq`. */
export const Frames = z.object({ stream: text, seq: z.number(), now: z.number(), frames: z.array(ServerMessage) })
export type Frames = z.infer<typeof Frames>

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
  /** True where something new is made: 201. */
  creates?: boolean
  /** Refusals of its own, beside those that every call may answer. */
  refuses?: readonly number[]
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
    paged: true,
    summary: 'The series by number, with their newest values; all=1 also those silent for 24 hours.',
    query: z.object({
      system: text.optional(),
      all: z.enum(['0', '1', 'true', 'false']).optional(),
      /** Only those of a higher number. */
      after: z.coerce.number().int().nonnegative().optional(),
      limit: z.coerce.number().int().min(1).max(100_000).default(20_000),
      ...past,
    }),
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
    summary:
      'The kept transitions in order; with `pattern` only the lines of logs that were kept for it, secrets removed.',
    query: z.object({
      after: z.coerce.number().int().nonnegative().optional(),
      from: time.optional(),
      to: time.optional(),
      kind: text.optional(),
      system: text.optional(),
      /** The id of a pattern of a log, one whose lines are looked for or a good sign. */
      pattern: text.optional(),
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
    creates: true,
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
    query: z.object({ system: text.optional(), ...past }),
    response: z.array(z.looseObject({ id: text, name: text })),
  },
  answers: {
    method: 'GET',
    path: '/answers',
    role: 'viewer',
    summary: 'The last answer of each source of a system, with secrets and names removed.',
    query: z.object({ system: text, source: text.optional() }),
    response: z.array(AnswerView),
  },
  asked: {
    method: 'GET',
    path: '/asked',
    role: 'viewer',
    summary: 'How each source is being asked: when next, how often in vain, and what the configuration corrects of it.',
    query: z.object({ system: text.optional() }),
    response: z.array(AskedView),
  },
  planned: {
    method: 'GET',
    path: '/planned',
    role: 'viewer',
    summary: 'Planned days: name, start, end, run-sheet, people expected.',
    query: z.object({ ...past }),
    response: z.array(PlannedEvent),
  },
  frames: {
    method: 'GET',
    path: '/frames',
    role: 'viewer',
    refuses: [503],
    summary:
      'The live frames over plain HTTP, for where no WebSocket gets through. Without `stream`, or with one that is no longer known, a hello; else what came after `after`, waiting at most `wait` ms for the first.',
    query: z.object({
      stream: text.optional(),
      after: z.coerce.number().int().nonnegative().optional(),
      wait: z.coerce.number().int().min(0).max(25_000).default(0),
    }),
    response: Frames,
  },
  try: {
    method: 'POST',
    path: '/try',
    role: 'admin',
    refuses: [429],
    summary:
      'Ask an address or a source once, and say what was mapped and which lines would watch it. Nothing is kept.',
    body: TrialRequest,
    response: Trial,
  },
  addSystem: {
    method: 'POST',
    path: '/config/systems',
    role: 'admin',
    creates: true,
    refuses: [409, 429],
    summary:
      'Write headroom.yaml with a system that was tried, where there is no such file; else only the lines to add.',
    body: NewSystem,
    response: SystemWritten,
  },
  sourceKinds: {
    method: 'GET',
    path: '/source-kinds',
    role: 'viewer',
    summary: 'The kinds of source there are: what each watches and gives, and its options as fields of a form.',
    response: z.array(SourceKindView),
  },
  presets: {
    method: 'GET',
    path: '/presets',
    role: 'viewer',
    summary: 'The documented systems, and the flags that a system of each has.',
    response: z.array(PresetView),
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
