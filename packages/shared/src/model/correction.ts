import { z } from 'zod'

/** The name of a metric, as `map` may give it. */
export const METRIC_NAME = /^[A-Za-z][\w.-]{0,199}$/
/** The name of a label. */
export const LABEL_NAME = /^[a-z][a-z0-9_]{0,31}$/
export const CORRECTED_KINDS = ['gauge', 'counter', 'state'] as const
export const MAX_UNIT = 32

/** What `map` says of one path of an answer; `label` names the label that takes the key `*` stood for. */
export const Correction = z.object({
  metric: z.string(),
  unit: z.string().optional(),
  kind: z.enum(CORRECTED_KINDS).optional(),
  label: z.string().optional(),
})
export type Correction = z.infer<typeof Correction>

/** What the configuration of a source says of its answer: by path what it is, and which paths are left out. */
export const Corrections = z.object({ map: z.record(z.string(), Correction), ignore: z.array(z.string()) })
export type Corrections = z.infer<typeof Corrections>
