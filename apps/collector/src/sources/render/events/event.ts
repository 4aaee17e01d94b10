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

export const EventPage = z.array(z.object({ event: z.unknown(), cursor: z.string().catch('').default('') }))

/** Why a server, or the new version of a deploy, failed. */
export const FailureReason = z.object({
  oomKilled: z
    .union([
      z.object({ memoryLimit: z.string().nullish().catch(undefined) }),
      z.literal(true).transform(() => ({ memoryLimit: undefined })),
    ])
    .nullish()
    .catch(undefined),
  nonZeroExit: z.number().nullish().catch(undefined),
  earlyExit: z.boolean().nullish().catch(undefined),
  evicted: z.boolean().nullish().catch(undefined),
  evictionReason: z.string().nullish().catch(undefined),
  unhealthy: z.string().nullish().catch(undefined),
  timedOutReason: z.string().nullish().catch(undefined),
  timedOutSeconds: z.number().nullish().catch(undefined),
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
