import type { Flag } from '@headroom/shared/model/flag.ts'
import type { Criterion } from '@headroom/shared/model/system.ts'
import { z } from 'zod'
import type { Definition } from '../../data/definition.ts'

/** How several series of a flag's metric are judged, and over what time; what the list of flags does not say. */
const Judging = z.object({
  id: z.string(),
  over: z.enum(['each', 'sum', 'max', 'min', 'spread']).default('each'),
  windowMs: z.number().optional(),
})
const More = z.object({
  flags: z.array(Judging).catch([]),
  /** The document that a preset's limit is from. */
  limits: z.record(z.string(), z.object({ document: z.string().optional() })).catch({}),
})

export type Guide = {
  expected: readonly string[]
  success: readonly Criterion[]
  over: ReadonlyMap<string, Flag['over']>
  windowMs: ReadonlyMap<string, number>
  documentOf: (resource: string) => string | undefined
}

/** What the page needs of a definition beside what every screen reads of it. Whatever it does not know stays out. */
export function readGuide(definition: Definition | undefined): Guide {
  const more = More.parse(definition ?? {})
  return {
    expected: definition?.expected ?? [],
    success: definition?.success ?? [],
    over: new Map(more.flags.map(({ id, over }) => [id, over])),
    windowMs: new Map(more.flags.flatMap(({ id, windowMs }) => (windowMs === undefined ? [] : [[id, windowMs]]))),
    documentOf: (resource) => more.limits[resource]?.document,
  }
}

export const NO_GUIDE: Guide = readGuide(undefined)
