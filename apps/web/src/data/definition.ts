import { Criterion } from '@headroom/shared/model/system.ts'
import { z } from 'zod'

/** What the page reads of `GET /definitions`: what a system should be like, in the document's words. */
export const Definition = z.looseObject({
  id: z.string(),
  name: z.string(),
  expected: z.array(z.string()).default([]),
  success: z.array(Criterion).default([]),
  people: z.string().optional(),
})
export type Definition = z.infer<typeof Definition>
