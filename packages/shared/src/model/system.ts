import { z } from 'zod'
import { Flag } from './flag.ts'
import { Labels } from './labels.ts'

export const SystemState = z.enum(['ok', 'warning', 'critical', 'unknown'])
export type SystemState = z.infer<typeof SystemState>

export const SourceState = z.enum(['ok', 'failing', 'pending'])
export type SourceState = z.infer<typeof SourceState>

/** A named reason why a source gave nothing. The message says what is wrong and what to do; it never holds a secret. */
export const SourceProblem = z.object({ code: z.string(), message: z.string() })
export type SourceProblem = z.infer<typeof SourceProblem>

export const SourceView = z.object({
  id: z.string(),
  type: z.string(),
  state: SourceState,
  lastOkAt: z.number().nullable(),
  error: SourceProblem.optional(),
  everySeconds: z.number(),
  /** How late its answers may be before they count as stale, beyond three intervals. */
  lagSeconds: z.number(),
  tookSeconds: z.number().nullable(),
  /** Series left out because of `maxSeries`. */
  leftOut: z.number(),
})
export type SourceView = z.infer<typeof SourceView>

export const HeadroomView = z.object({
  resource: z.string(),
  title: z.string(),
  metric: z.string(),
  used: z.number().nullable(),
  limit: z.number(),
  tested: z.number().optional(),
  unit: z.string(),
  usedPercent: z.number().nullable(),
  limitFrom: z.enum(['config', 'reported', 'preset']),
})
export type HeadroomView = z.infer<typeof HeadroomView>

/** A list of sentences a system says itself, such as `recommendations`. */
export const TextView = z.object({ source: z.string(), path: z.string(), lines: z.array(z.string()), at: z.number() })
export type TextView = z.infer<typeof TextView>

/** A system as `GET /systems`, the hello and the `system` frame give it. */
export const SystemView = z.object({
  id: z.string(),
  name: z.string(),
  presets: z.array(z.string()),
  state: SystemState,
  /** True while its `down` flag fires. */
  down: z.boolean(),
  /** Since when it has been in this state. */
  since: z.number(),
  band: z.string().optional(),
  sources: z.array(SourceView),
  headroom: z.array(HeadroomView),
  texts: z.array(TextView),
  alerts: z.object({ warning: z.number(), critical: z.number() }),
})
export type SystemView = z.infer<typeof SystemView>

/** One row of a band table: the row holds while every column is at or under its bound. */
export const Band = z.object({
  name: z.string(),
  upTo: z.record(z.string(), z.number()),
  below: z.record(z.string(), z.number()).default({}),
})
export type Band = z.infer<typeof Band>

/** One line of a success checklist, judged like a flag turned around: `metric` must be so. */
export const Criterion = z.object({
  text: z.string(),
  metric: z.string().optional(),
  labels: Labels.optional(),
  above: z.number().optional(),
  below: z.number().optional(),
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
})
export type Criterion = z.infer<typeof Criterion>

export const SourceDefinition = z.object({ id: z.string(), type: z.string(), everyMs: z.number(), lagMs: z.number() })
export type SourceDefinition = z.infer<typeof SourceDefinition>

/** A system as configured, presets merged in, secrets and addresses left out. What the `config` event keeps. */
export const SystemDefinition = z.object({
  id: z.string(),
  name: z.string(),
  presets: z.array(z.string()),
  sources: z.array(SourceDefinition),
  /** `document` is the one that a preset has its limit from. */
  limits: z.record(
    z.string(),
    z.object({ value: z.number(), from: z.enum(['config', 'preset']), document: z.string().optional() }),
  ),
  tested: z.record(z.string(), z.number()),
  /** The metric that counts people. */
  people: z.string().optional(),
  bands: z.array(Band),
  flags: z.array(Flag),
  expected: z.array(z.string()),
  success: z.array(Criterion),
  actions: z.array(z.string()),
})
export type SystemDefinition = z.infer<typeof SystemDefinition>
