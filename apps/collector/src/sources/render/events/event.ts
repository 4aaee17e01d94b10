import { z } from 'zod'

/** One event of a service, as `/services/{id}/events` lists it. Its details differ by type, and are read with care. */
export const RenderEvent = z.object({
  id: z.string(),
  timestamp: z.string().transform((text, context) => {
    const at = Date.parse(text)
    if (!Number.isNaN(at)) return at
    context.addIssue('must be a time')
    return z.NEVER
  }),
  type: z.string(),
  details: z.unknown().optional(),
})
export type RenderEvent = z.infer<typeof RenderEvent>

export const EventPage = z.array(z.object({ event: z.unknown(), cursor: z.string().default('') }))

/** Why a server, or the new version of a deploy, failed. */
export const FailureReason = z.object({
  oomKilled: z.object({ memoryLimit: z.string().optional() }).nullish(),
  nonZeroExit: z.number().nullish(),
  earlyExit: z.boolean().nullish(),
  evicted: z.boolean().nullish(),
  evictionReason: z.string().nullish(),
  unhealthy: z.string().nullish(),
  timedOutReason: z.string().nullish(),
  timedOutSeconds: z.number().nullish(),
})
export type FailureReason = z.infer<typeof FailureReason>

/** The parts of the details that are spoken of; what is not of its form is left out, and the event still told. */
export const Details = z.object({
  instanceID: z.string().nullish().catch(undefined),
  fromInstances: z.number().nullish().catch(undefined),
  toInstances: z.number().nullish().catch(undefined),
  deployId: z.string().nullish().catch(undefined),
  deployStatus: z.string().nullish().catch(undefined),
  buildStatus: z.string().nullish().catch(undefined),
  triggeredByUser: z.unknown().optional(),
  reason: z.unknown().optional(),
})
export type Details = z.infer<typeof Details>

/** A deploy says its failure one level deeper than a server does. */
const DeployReason = z.object({
  failure: FailureReason.nullish().catch(undefined),
  buildFailed: z.unknown().optional(),
})

export function failureIn(reason: unknown): FailureReason | undefined {
  const parsed = FailureReason.safeParse(reason)
  return parsed.success ? parsed.data : undefined
}

export function deployFailureIn(reason: unknown): { failure?: FailureReason | undefined; build: boolean } {
  const parsed = DeployReason.safeParse(reason)
  if (!parsed.success) return { build: false }
  const { failure, buildFailed } = parsed.data
  return { failure: failure ?? undefined, build: buildFailed !== undefined && buildFailed !== null }
}
