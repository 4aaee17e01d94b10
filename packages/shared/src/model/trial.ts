import { z } from 'zod'
import { SourceProblem } from './system.ts'

/** One value of an answer and the metric it became. */
export const Mapped = z.object({
  path: z.string(),
  /** What `map` and `ignore` call it, where that is not the path; null where it is made of several values. */
  place: z.string().nullable().optional(),
  metric: z.string(),
  unit: z.string(),
  value: z.union([z.number(), z.string()]),
  labels: z.record(z.string(), z.string()),
  /** `known`: recognised by name; `map`: by the configuration; else kept under its own path. */
  how: z.string(),
})
export type Mapped = z.infer<typeof Mapped>

/** What is to be tried: an address to look behind, or a source as it would stand in the configuration. */
export const TrialRequest = z.union([
  z.strictObject({ url: z.string().max(2_000) }),
  z.strictObject({
    source: z.looseObject({ type: z.string() }),
    /** The system it is for: one that is watched, or a new one with this id, this name and this preset. */
    system: z.string().max(64).optional(),
    name: z.string().max(200).optional(),
    preset: z.string().optional(),
    /** False: it is not asked, only the lines are wanted. Then variables may stand in it. */
    ask: z.boolean().default(true),
  }),
])
export type TrialRequest = z.input<typeof TrialRequest>

/** A source that was tried, whether or not it gave anything. */
export const TriedSource = z.object({
  type: z.string(),
  /** Where it looked, without any secret. */
  place: z.string(),
  tookSeconds: z.number(),
  error: SourceProblem.optional(),
  mapped: z.array(Mapped),
  leftOut: z.number(),
})
export type TriedSource = z.infer<typeof TriedSource>

/** What trying found: nothing of it is kept until it is written into the configuration. */
export const Trial = z.object({
  /** True where something gave values. */
  ok: z.boolean(),
  tried: z.array(TriedSource),
  /** The system as it would be written. */
  suggestion: z
    .object({ id: z.string(), name: z.string(), preset: z.string().optional(), presetWhy: z.string().optional() })
    .optional(),
  /** The lines for headroom.yaml: a whole system, secrets as `${NAME}`. Empty where nothing was found. */
  lines: z.string(),
  /** The variables that the lines name, to be set before starting. */
  secrets: z.array(z.string()),
  /** Where the lines belong, and whether the collector may write that file itself (only where none exists). */
  file: z.object({ path: z.string(), exists: z.boolean(), writable: z.boolean() }),
})
export type Trial = z.infer<typeof Trial>

/** Write the configuration, where none exists yet, with the system that was tried. */
export const NewSystem = z.strictObject({
  url: z.string().max(2_000).optional(),
  source: z.looseObject({ type: z.string() }).optional(),
  id: z.string().regex(/^[a-z0-9-]{1,64}$/),
  name: z.string().min(1).max(200),
  preset: z.string().optional(),
})
export type NewSystem = z.infer<typeof NewSystem>

/** What became of it: written (and watched from now on), or the lines to add by hand. */
export const SystemWritten = z.object({
  path: z.string(),
  written: z.boolean(),
  lines: z.string(),
  /** Why it was not written, and what to do. */
  why: z.string().optional(),
  /** The variables that the lines name, to be set before starting. */
  secrets: z.array(z.string()).default([]),
})
export type SystemWritten = z.infer<typeof SystemWritten>
