import { z } from 'zod'
import { RANGE_NAMES } from './view.ts'

const time = z.number().int().positive().max(8_640_000_000_000_000).optional().catch(undefined)

/**
 * What a link to a system says about the view: a range up to now or up to `at` (paused), a planned event, or from one
 * moment to another. With `from` and `to`, the range or the event is the one that was left for them.
 */
export const ViewSearch = z.object({
  range: z.enum(RANGE_NAMES).optional().catch(undefined),
  event: z.string().max(200).optional().catch(undefined),
  at: time,
  from: time,
  to: time,
  all: z.boolean().optional().catch(undefined),
})
export type ViewSearch = z.infer<typeof ViewSearch>
