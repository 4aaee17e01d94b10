import { z } from 'zod'
import { Alert } from '../model/alert.ts'

const Pair = z.tuple([z.number(), z.number()])
const value = z.number().nullable()

/** What is remembered of one series (of one judgement, for a leak) to turn its samples into the number judged. All of it is bounded. */
export const Part = z.discriminatedUnion('kind', [
  /** `events`: [time, how many], those of none left out; `last`: the newest raw value; `from`: since when it is counted. */
  z.object({
    kind: z.literal('count'),
    value,
    at: z.number(),
    last: z.number(),
    from: z.number(),
    events: z.array(Pair),
  }),
  /**
   * `drops`: times of the falls that count; `before`: the value before a fall just now, which may prove to be an
   * alternation; `doubt`: how many more values a doubtful fall must outlast to count.
   */
  z.object({
    kind: z.literal('change'),
    value,
    at: z.number(),
    last: z.number(),
    before: value,
    drops: z.array(z.number()),
    doubt: z.number(),
    alternatedAt: value,
  }),
  /** `minima`: [start of the bucket, least value in it]. */
  z.object({ kind: z.literal('leak'), value, minima: z.array(Pair) }),
  /** `buckets`: [start, value times ms, ms]. */
  z.object({
    kind: z.literal('mean'),
    value,
    at: z.number(),
    buckets: z.array(z.tuple([z.number(), z.number(), z.number()])),
  }),
  /** `from`: where silence is counted from: the newest data, or the engine's own waking; null while none was ever seen. */
  z.object({ kind: z.literal('absent'), value, from: value }),
])
export type Part = z.infer<typeof Part>
export type PartOf<Kind extends Part['kind']> = Extract<Part, { kind: Kind }>

/** What is remembered of a side condition: since when it is true, whether it ever was, its values over `for`. */
export const WhenMemory = z.object({ at: z.number(), since: value, ever: z.boolean(), points: z.array(Pair) })
export type WhenMemory = z.infer<typeof WhenMemory>

/**
 * Where one judgement stands. `from` and `times` count towards the hold, `at` is the newest time judged with a value;
 * they are apart from the alert's own times, which never change once said.
 */
export const Standing = z.discriminatedUnion('phase', [
  z.object({ phase: z.literal('inactive') }),
  z.object({ phase: z.literal('pending'), alert: Alert, at: z.number(), from: z.number(), times: z.number() }),
  z.object({
    phase: z.literal('firing'),
    alert: Alert,
    at: z.number(),
    /** When the alert's value was last said. */
    saidAt: z.number(),
    clearing: z.object({ from: z.number(), times: z.number() }).nullable(),
  }),
])
export type Standing = z.infer<typeof Standing>

/** One judgement: of one series under `each`, of all of them together otherwise. */
export const Track = z.object({
  /** Newest time judged with a value. */
  at: z.number(),
  standing: Standing,
  whens: z.array(WhenMemory),
  part: Part.optional(),
})
export type Track = z.infer<typeof Track>

/** A source's reading being put together: how many series of the flag came at `at`, and how many are waited for. */
export const Gathering = z.object({ at: z.number(), seen: z.number(), expected: z.number(), judged: z.boolean() })
export type Gathering = z.infer<typeof Gathering>

/** All that is remembered of one flag. Parts by series number; tracks by series number, 0 for the whole flag; gatherings by source. */
export type FlagMemory = { parts: Map<number, Part>; tracks: Map<number, Track>; gatherings: Map<string, Gathering> }

export function emptyMemory(): FlagMemory {
  return { parts: new Map(), tracks: new Map(), gatherings: new Map() }
}

export const INACTIVE: Standing = { phase: 'inactive' }
