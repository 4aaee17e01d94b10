import { z } from 'zod'
import { Alert } from './alert.ts'
import { Note } from './note.ts'
import { PlannedEvent } from './planned-event.ts'
import { SourceProblem, SourceState, SystemDefinition, SystemState } from './system.ts'

/**
 * A transition. All are kept, in order; together with the samples they are all that a screen shows, live or later.
 * An event holds the whole of what it changed, so that the newest one per `eventKey` at a moment *is* the state then.
 */
export const EventBody = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('alert'), alert: Alert }),
  /** `since`: when it came into this state; a change of band alone keeps it. */
  z.object({
    kind: z.literal('system'),
    system: z.string(),
    state: SystemState,
    down: z.boolean(),
    since: z.number(),
    band: z.string().optional(),
  }),
  z.object({
    kind: z.literal('source'),
    system: z.string(),
    source: z.string(),
    state: SourceState,
    stale: z.boolean(),
    lastOkAt: z.number().nullable(),
    leftOut: z.number(),
    error: SourceProblem.optional(),
  }),
  z.object({ kind: z.literal('limit'), system: z.string(), resource: z.string(), limit: z.number().nullable() }),
  /** A system as configured, where that is new or another than before; the config event that follows lists it. */
  z.object({ kind: z.literal('definition'), system: SystemDefinition }),
  z.object({
    kind: z.literal('config'),
    demo: z.boolean(),
    /** All systems, in order: by their id, as their newest definition says. Older events hold the definitions themselves. */
    systems: z.array(z.union([z.string(), SystemDefinition])),
    events: z.array(PlannedEvent),
    error: z.string().optional(),
  }),
  z.object({ kind: z.literal('note'), note: Note, deleted: z.boolean().optional() }),
  z.object({
    kind: z.literal('log'),
    system: z.string().optional(),
    source: z.string().optional(),
    level: z.enum(['info', 'warning', 'error']),
    text: z.string(),
    /** A line of a watched log, kept for this pattern. */
    pattern: z.string().optional(),
  }),
  z.object({
    kind: z.literal('text'),
    system: z.string(),
    source: z.string(),
    path: z.string(),
    lines: z.array(z.string()),
  }),
])
export type EventBody = z.infer<typeof EventBody>

export const Event = z.intersection(z.object({ seq: z.number(), at: z.number() }), EventBody)
export type Event = { seq: number; at: number } & EventBody
export type EventKind = EventBody['kind']
export const EVENT_KINDS = [
  'alert',
  'system',
  'source',
  'limit',
  'definition',
  'config',
  'note',
  'log',
  'text',
] as const satisfies readonly EventKind[]

/** What an event is about: the newest event of a key replaces the ones before it. Log lines have no key (""): each stands alone. */
export function eventKey(event: EventBody): string {
  switch (event.kind) {
    case 'alert':
      return event.alert.id
    case 'system':
      return event.system
    case 'source':
      return `${event.system}/${event.source}`
    case 'limit':
      return `${event.system}/${event.resource}`
    case 'definition':
      return event.system.id
    case 'config':
      return 'config'
    case 'note':
      return event.note.id
    case 'log':
      return ''
    case 'text':
      return `${event.system}/${event.source}/${event.path}`
  }
}

/** The system an event is about, if it is about one. */
export function eventSystem(event: EventBody): string | undefined {
  switch (event.kind) {
    case 'alert':
      return event.alert.system
    case 'note':
      return event.note.system
    case 'definition':
      return event.system.id
    case 'config':
      return undefined
    case 'log':
      return event.system
    case 'system':
    case 'source':
    case 'limit':
    case 'text':
      return event.system
  }
}
