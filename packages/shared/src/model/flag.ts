import { z } from 'zod'
import { parseDuration } from '../time.ts'
import { Labels } from './labels.ts'

export const Severity = z.enum(['info', 'warning', 'critical'])
export type Severity = z.infer<typeof Severity>

/** A duration as people write it: `30s`, `5m`, `2h`. Parsed to milliseconds. */
export const Duration = z
  .string()
  .refine((text) => parseDuration(text) !== undefined, 'must be a duration such as 500ms, 5s, 2m, 1h or 30d')
  .transform((text) => parseDuration(text) ?? 0)

/** How long it must hold: a duration (`30s`) or a number of samples in a row (`3x`). `0` is at once. */
export const Hold = z
  .union([
    z.literal(0),
    z.string().regex(/^(\d+x|\d+(\.\d+)?(ms|s|m|h|d)|0)$/, 'must be a duration such as 30s, or a count such as 3x'),
  ])
  .transform((text): Hold => {
    if (text === 0 || text === '0') return { ms: 0 }
    return text.endsWith('x') ? { times: Number(text.slice(0, -1)) } : { ms: parseDuration(text) ?? 0 }
  })
export type Hold = { ms: number } | { times: number }

/** A side condition: the flag is only judged while it is true. */
const WhenFields = {
  metric: z.string(),
  labels: Labels.optional(),
  above: z.number().optional(),
  below: z.number().optional(),
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
  /** How long it must have been true already. */
  for: Duration.optional(),
  /** It is enough that it was true once before ("an endpoint that answered before"). */
  ever: z.boolean().optional(),
  /** Whether it rose (fell) over the last `for` ("while jobs do not rise": `rising: false`). */
  rising: z.boolean().optional(),
  falling: z.boolean().optional(),
}
export const When = z.strictObject(WhenFields)
export type When = z.infer<typeof When>

export const FLAG_KINDS = ['threshold', 'share', 'count', 'change', 'leak', 'missing', 'absent'] as const
export type FlagKind = (typeof FLAG_KINDS)[number]

export const Provenance = z.object({
  /** The document's own words, or ours where it has none. */
  text: z.string(),
  document: z.string(),
  section: z.string().optional(),
  /** The figure as the document gives it. */
  figure: z.string(),
  /** True where the figure is Headroom's, not the document's. */
  ours: z.boolean(),
})
export type Provenance = z.infer<typeof Provenance>

/**
 * A flag as written in a preset or in headroom.yaml. The kinds:
 * `threshold` compares the value; `share` compares 100 * value / `of`; `count` compares how many happened in
 * `window` (per-minute metrics are integrated, totals differenced); `change` fires when a value that should
 * only rise went down, at least `atLeast` times (1) in `window`; `leak` compares growth per hour that never came back;
 * `missing` compares `of` minus value; `absent` fires when a source that gave the metric gives nothing for 3 intervals.
 */
export const FlagDefinition = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/, 'must be lower case letters, digits and dashes'),
  off: z.boolean().optional(),
  /** A metric, `metric@source`, or arithmetic over metrics with spaces around the sign: `threads.active / users.active`. */
  metric: z.string().optional(),
  labels: Labels.optional(),
  /** How several series of the metric become one judgement; `each` judges them one by one. */
  over: z.enum(['each', 'sum', 'max', 'min', 'spread']).optional(),
  kind: z.enum(FLAG_KINDS).optional(),
  above: z.number().optional(),
  below: z.number().optional(),
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
  /** What a share is of: `limit:RESOURCE`, `tested:RESOURCE`, or a metric expression. */
  of: z.string().optional(),
  window: Duration.optional(),
  for: Hold.optional(),
  /** Where it clears; without it 5 % inside the line for continuous values, at the first value that no longer meets it for counts. */
  clear: z.number().optional(),
  severity: Severity.optional(),
  title: z.string().optional(),
  steps: z.array(z.string()).optional(),
  say: z.string().optional(),
  when: z.union([When, z.array(When)]).optional(),
  /** `change` only: the value before the drop must lie here ("restarted at an uptime of 25-35 min"). */
  previous: z.strictObject({ atLeast: z.number(), atMost: z.number() }).optional(),
  /** `change` only: a drop this soon after a deploy note does not count. */
  notAfterDeploy: Duration.optional(),
  why: Provenance.optional(),
})
export type FlagDefinition = z.infer<typeof FlagDefinition>

export type Compare = 'above' | 'below' | 'atLeast' | 'atMost'

/** A flag ready to be judged: defaults filled in, limits still by name. Times in ms. Part of the kept config event. */
export const Flag = z.object({
  id: z.string(),
  system: z.string(),
  metric: z.string(),
  labels: Labels,
  over: z.enum(['each', 'sum', 'max', 'min', 'spread']),
  kind: z.enum(FLAG_KINDS),
  compare: z.enum(['above', 'below', 'atLeast', 'atMost']),
  line: z.number(),
  clear: z.number().optional(),
  of: z.string().optional(),
  windowMs: z.number().optional(),
  hold: z.union([z.object({ ms: z.number() }), z.object({ times: z.number() })]),
  severity: Severity,
  title: z.string(),
  steps: z.array(z.string()),
  say: z.string().optional(),
  when: z.array(When.extend({ for: z.number().optional() })),
  previous: z.object({ atLeast: z.number(), atMost: z.number() }).optional(),
  notAfterDeployMs: z.number().optional(),
  why: Provenance,
})
export type Flag = z.infer<typeof Flag>

/** `GET /flags`. */
export const FlagView = z.object({
  id: z.string(),
  system: z.string(),
  metric: z.string(),
  labels: Labels,
  kind: z.enum(FLAG_KINDS),
  compare: z.enum(['above', 'below', 'atLeast', 'atMost']),
  /** The line in the metric's own unit; null while the limit it is a share of is unknown. */
  line: z.number().nullable(),
  clear: z.number().nullable(),
  unit: z.string(),
  holdSeconds: z.number(),
  severity: Severity,
  title: z.string(),
  why: Provenance,
  steps: z.array(z.string()),
  say: z.string().optional(),
  /** False: no source of this system gives the metric yet. */
  supplied: z.boolean(),
  /** True where it is only judged under side conditions: its line says nothing by itself, and is not drawn. */
  conditional: z.boolean(),
  /** The same for flags of a system that judge the same with other lines: the id of the first of them. */
  condition: z.string().optional(),
})
export type FlagView = z.infer<typeof FlagView>
