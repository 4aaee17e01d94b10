import { z } from 'zod'

/** A planned day: name, start, end, run-sheet, people expected. Its local times are already moments. */
export const PlannedEvent = z.object({
  id: z.string(),
  name: z.string(),
  /** Empty: all systems. */
  systems: z.array(z.string()),
  /** The IANA zone its times were written in. */
  timezone: z.string(),
  startAt: z.number(),
  endAt: z.number(),
  people: z.number().optional(),
  runsheet: z.array(z.object({ at: z.number(), name: z.string() })),
})
export type PlannedEvent = z.infer<typeof PlannedEvent>
