import { z } from 'zod'
import { Corrections } from './correction.ts'

/** How a source is being asked. Of now only: nothing of it is kept. */
export const AskedView = z.object({
  system: z.string(),
  source: z.string(),
  /** When it is asked next; null where the collector does not know yet. */
  nextAt: z.number().nullable(),
  /** How many times in a row it gave nothing; from the third on it is asked less often. */
  failures: z.number(),
  /** As configured; absent where this kind of source takes none. */
  corrections: Corrections.optional(),
})
export type AskedView = z.infer<typeof AskedView>
