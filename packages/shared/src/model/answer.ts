import { z } from 'zod'

/** The last answer of a source as it came, with secrets, addresses' tokens and names of people removed. */
export const AnswerView = z.object({
  system: z.string(),
  source: z.string(),
  at: z.number(),
  /** The HTTP status, where it speaks HTTP. */
  status: z.number().optional(),
  /** As text; JSON is indented. Cut at 64 KiB. */
  body: z.string(),
  bytes: z.number(),
  truncated: z.boolean(),
  /** How many values were taken out. */
  removed: z.number(),
})
export type AnswerView = z.infer<typeof AnswerView>
