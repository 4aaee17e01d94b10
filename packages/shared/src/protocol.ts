import { z } from 'zod'
import { PROTOCOL } from './live-socket.ts'
import { Alert } from './model/alert.ts'
import { Note } from './model/note.ts'
import { SeriesView } from './model/series.ts'
import { SystemView } from './model/system.ts'

/** `[series number, time, value]`; a null value means stale. */
export const LiveValue = z.tuple([z.number(), z.number(), z.number().nullable()])
export type LiveValue = z.infer<typeof LiveValue>

/** Every frame after hello: `seq` counts the stream, `prev` is the last seq sent on this socket, so that a hole shows. */
const sequenced = { seq: z.number(), prev: z.number(), stored: z.boolean().optional() }

export const ServerMessage = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('hello'),
    protocol: z.literal(PROTOCOL),
    /** New at each start of a collector. */
    stream: z.string(),
    now: z.number(),
    seq: z.number(),
    role: z.string(),
    /** False while nothing can be recorded. */
    stored: z.boolean(),
    demo: z.boolean(),
    systems: z.array(SystemView),
    series: z.array(SeriesView),
    alerts: z.array(Alert),
  }),
  z.object({ kind: z.literal('tick'), ...sequenced, values: z.array(LiveValue) }),
  z.object({ kind: z.literal('series'), ...sequenced, series: z.array(SeriesView) }),
  z.object({ kind: z.literal('system'), ...sequenced, system: SystemView }),
  /** The systems being watched changed with the configuration: this is all of them. */
  z.object({ kind: z.literal('systems'), ...sequenced, systems: z.array(SystemView) }),
  z.object({ kind: z.literal('alert'), ...sequenced, alert: Alert }),
  z.object({ kind: z.literal('note'), ...sequenced, note: Note, deleted: z.boolean().optional() }),
  /** Frames between these times were dropped for this slow client: fetch the range. */
  z.object({ kind: z.literal('gap'), ...sequenced, from: z.number(), to: z.number() }),
  z.object({ kind: z.literal('bye'), reason: z.string(), seq: z.number().optional(), prev: z.number().optional() }),
  z.object({ kind: z.literal('pong'), now: z.number() }),
])
export type ServerMessage = z.infer<typeof ServerMessage>

export const ClientMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('resume'), stream: z.string(), seq: z.number() }),
  z.strictObject({ kind: z.literal('subscribe'), systems: z.array(z.string()).max(1_000) }),
  z.strictObject({ kind: z.literal('ping') }),
])
export type ClientMessage = z.infer<typeof ClientMessage>

/** What the pipeline hands to the live hub: a frame's content, numbered by the stream, without a socket's `prev`. */
export type LiveFrame =
  | { kind: 'tick'; seq: number; at: number; values: LiveValue[] }
  | { kind: 'series'; seq: number; at: number; series: SeriesView[] }
  | { kind: 'system'; seq: number; at: number; system: SystemView }
  | { kind: 'systems'; seq: number; at: number; systems: SystemView[] }
  | { kind: 'alert'; seq: number; at: number; alert: Alert }
  | { kind: 'note'; seq: number; at: number; note: Note; deleted?: boolean }
