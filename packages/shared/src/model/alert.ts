import { z } from 'zod'
import { Provenance, Severity } from './flag.ts'

/** One occurrence of a flag. Every change of it is kept as an event holding the whole of it. */
export const Alert = z.object({
  /** `SYSTEM/FLAG[/SERIES]/SINCE`: the same occurrence has the same id however often it is judged. */
  id: z.string(),
  flag: z.string(),
  system: z.string(),
  series: z.number().optional(),
  severity: Severity,
  state: z.enum(['pending', 'firing', 'resolved']),
  /** The value when this was last changed: at the crossing, at firing, at its worst, at clearing. */
  value: z.number(),
  line: z.number(),
  unit: z.string(),
  since: z.number(),
  firedAt: z.number().optional(),
  resolvedAt: z.number().optional(),
  claim: z.object({ by: z.string(), at: z.number() }).optional(),
  silencedUntil: z.number().optional(),
  title: z.string(),
  why: Provenance,
  steps: z.array(z.string()),
  say: z.string().optional(),
  /**
   * The id of the open alert that says the same and worse: a further degree of this condition, or that the system is
   * down. Of open alerts only; it follows from which are open, so no event holds it.
   */
  under: z.string().optional(),
})
export type Alert = z.infer<typeof Alert>
