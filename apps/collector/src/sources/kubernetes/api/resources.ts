import { z } from 'zod'

/** What is read of Kubernetes' objects, and nothing else of them. Counts that are zero are left out by the server. */
const Count = z.int().catch(0).default(0)
const Text = z.string().catch('').default('')
const Time = z
  .string()
  .transform((text) => Date.parse(text))
  .refine(Number.isFinite)
  .optional()
  .catch(undefined)

const Condition = z.object({
  type: z.string(),
  status: z.string(),
  reason: Text,
  message: Text,
  lastTransitionTime: Time,
})
export type Condition = z.infer<typeof Condition>

const Labels = z.record(z.string(), z.string()).catch({}).default({})
const Metadata = z.object({
  name: z.string(),
  uid: Text,
  generation: Count,
  labels: Labels,
  annotations: Labels,
  deletionTimestamp: z.string().optional(),
  ownerReferences: z
    .array(z.object({ kind: z.string(), name: z.string(), controller: z.boolean().optional() }))
    .catch([])
    .default([]),
})

const Status = z
  .object({
    observedGeneration: Count,
    replicas: Count,
    readyReplicas: Count,
    updatedReplicas: Count,
    conditions: z.array(Condition).nullish(),
    /** Of a DeploymentConfig: the number of its newest rollout. */
    latestVersion: z.int().optional(),
  })
  .prefault({})

/** A Deployment, or a DeploymentConfig of OpenShift, which says the same in the same places. */
export const Deployment = z.object({
  metadata: Metadata,
  spec: z.object({
    replicas: z.int().nullish(),
    paused: z.boolean().optional(),
    template: z
      .object({ spec: z.object({ containers: z.array(z.object({ image: Text })) }) })
      .optional()
      .catch(undefined),
  }),
  status: Status,
})
export type Deployment = z.infer<typeof Deployment>

const Terminated = z.object({ exitCode: Count, reason: Text, finishedAt: Time })
export type Terminated = z.infer<typeof Terminated>
const State = z
  .object({
    waiting: z.object({ reason: Text, message: Text }).optional(),
    running: z.object({ startedAt: Time }).optional(),
    terminated: Terminated.optional(),
  })
  .nullish()
  .transform((state) => state ?? {})

const ContainerStatus = z.object({
  name: z.string(),
  restartCount: Count,
  state: State,
  lastState: State,
})
export type ContainerStatus = z.infer<typeof ContainerStatus>

const Limits = z
  .object({ limits: z.record(z.string(), z.coerce.string()).optional() })
  .nullish()
  .transform((resources) => resources?.limits ?? {})
const Container = z.object({ name: z.string(), resources: Limits, restartPolicy: z.string().optional() })

export const Pod = z.object({
  metadata: Metadata,
  spec: z.object({ containers: z.array(Container), initContainers: z.array(Container).nullish(), resources: Limits }),
  status: z
    .object({
      phase: Text,
      reason: Text,
      message: Text,
      startTime: Time,
      conditions: z.array(Condition).nullish(),
      containerStatuses: z.array(ContainerStatus).nullish(),
      initContainerStatuses: z.array(ContainerStatus).nullish(),
    })
    .prefault({}),
})
export type Pod = z.infer<typeof Pod>

const Usage = z.record(z.string(), z.coerce.string())
export const PodMetrics = z.object({
  metadata: z.object({ name: z.string() }),
  timestamp: Time,
  containers: z.array(z.object({ name: z.string(), usage: Usage })),
})
export type PodMetrics = z.infer<typeof PodMetrics>

/** One page of a list. */
export const Page = z.object({
  metadata: z.object({ continue: z.string().optional() }).nullish(),
  items: z.array(z.unknown()).nullable(),
})

/** What the API server answers when it does not do what was asked. */
export const Refusal = z.object({ message: Text, reason: Text })
