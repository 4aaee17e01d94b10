import { z } from 'zod'

export const NoteKind = z.enum(['note', 'deploy', 'restart', 'runsheet', 'config'])

/** An annotation at a moment or over a span; deploys and restarts are notes the machine writes. */
export const Note = z.object({
  id: z.string(),
  at: z.number(),
  until: z.number().optional(),
  system: z.string().optional(),
  text: z.string(),
  kind: NoteKind,
  /** Who wrote it: an identity's name, or `headroom` for the machine. */
  by: z.string().optional(),
})
export type Note = z.infer<typeof Note>

/** A time somebody gives: epoch milliseconds. */
const time = z.int().nonnegative()

export const NewNote = z.strictObject({
  at: time.optional(),
  until: time.optional(),
  system: z.string().optional(),
  text: z.string().trim().min(1, 'must not be empty').max(2_000),
  kind: NoteKind.default('note'),
})
export type NewNote = z.infer<typeof NewNote>

export const NotePatch = z.strictObject({
  at: time.optional(),
  until: time.nullable().optional(),
  text: z.string().trim().min(1).max(2_000).optional(),
})
export type NotePatch = z.infer<typeof NotePatch>
