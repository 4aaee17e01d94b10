import { z } from 'zod'
import { FlagDefinition } from './flag.ts'
import { Band, Criterion } from './system.ts'

/** A documented system as data: what a file in `presets/` holds. `flags` there always carry `why`. */
export const Preset = z.strictObject({
  id: z.string(),
  title: z.string(),
  /** The document this preset comes from, and what the system is, in a sentence. */
  document: z.string(),
  about: z.string(),
  /** Limits by resource id (`resources.ts`), in the resource's unit; `ID.tested` for a tested one. */
  limits: z.record(z.string(), z.number()).default({}),
  /** The metric that counts people. */
  people: z.string().optional(),
  expected: z.array(z.string()).default([]),
  success: z.array(Criterion).default([]),
  bands: z.array(Band).default([]),
  flags: z.array(FlagDefinition),
  /** Log patterns the preset watches for: id to regular expression; `good` signs are shown as such. */
  patterns: z.record(z.string(), z.string()).default({}),
  goodSigns: z.record(z.string(), z.string()).default({}),
  /** Metrics, per minute, that are the number of lines in which a pattern or a good sign is found: its id to the metric. */
  logCounts: z.record(z.string(), z.string()).default({}),
  /** How to restart, scale, roll back: in words, with what it costs. */
  runbook: z.array(z.object({ title: z.string(), steps: z.array(z.string()) })).default([]),
})
export type Preset = z.infer<typeof Preset>
