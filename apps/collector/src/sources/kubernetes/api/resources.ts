import { z } from 'zod'

/**
 * What is read of Kubernetes' objects, and nothing else of them. Counts that are zero are left out by the server; what is
 * not there is left out or null, as whoever wrote the object has it.
 */
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
  deletionTimestamp: z.string().nullish(),
  ownerReferences: z
    .array(z.object({ kind: z.string(), name: z.string(), controller: z.boolean().nullish() }))
    .catch([])
    .default([]),
})

/** Where an object has no identity of its own its name has to do. */
export function identityOf({ uid, name }: { uid: string; name: string }): string {
  return uid === '' ? name : uid
}

const Images = z
  .object({ spec: z.object({ containers: z.array(z.object({ image: Text })) }) })
  .optional()
  .catch(undefined)
  .transform((template) => (template?.spec.containers ?? []).map(({ image }) => image))
const UpdateStrategy = z
  .object({ type: Text, rollingUpdate: z.object({ partition: Count }).nullish() })
  .nullish()
  .transform((strategy) => ({
    isRolling: strategy?.type !== 'OnDelete',
    partition: strategy?.rollingUpdate?.partition ?? 0,
  }))

/** A Deployment, or a DeploymentConfig of OpenShift, which says the same in the same places. */
export const Deployment = z.object({
  metadata: Metadata,
  spec: z.object({ replicas: z.int().nullish(), paused: z.boolean().nullish(), template: Images }),
  status: z.preprocess(
    (status) => status ?? {},
    z.object({
      observedGeneration: Count,
      replicas: Count,
      readyReplicas: Count,
      updatedReplicas: Count,
      conditions: z.array(Condition).nullish(),
      /** Of a DeploymentConfig: the number of its newest rollout. */
      latestVersion: z.int().nullish(),
    }),
  ),
})
export type Deployment = z.infer<typeof Deployment>

export const StatefulSet = z.object({
  metadata: Metadata,
  spec: z.object({ replicas: z.int().nullish(), template: Images, updateStrategy: UpdateStrategy }),
  status: z.preprocess(
    (status) => status ?? {},
    z.object({
      observedGeneration: Count,
      replicas: Count,
      readyReplicas: Count,
      updatedReplicas: Count,
      currentRevision: Text,
      updateRevision: Text,
    }),
  ),
})
export type StatefulSet = z.infer<typeof StatefulSet>

export const DaemonSet = z.object({
  metadata: Metadata,
  spec: z.object({ template: Images, updateStrategy: UpdateStrategy }),
  status: z.preprocess(
    (status) => status ?? {},
    z.object({
      observedGeneration: Count,
      desiredNumberScheduled: Count,
      numberReady: Count,
      updatedNumberScheduled: Count,
    }),
  ),
})
export type DaemonSet = z.infer<typeof DaemonSet>

const Terminated = z.object({ exitCode: Count, reason: Text, finishedAt: Time })
export type Terminated = z.infer<typeof Terminated>
const State = z
  .object({
    waiting: z.object({ reason: Text, message: Text }).nullish(),
    running: z.object({ startedAt: Time }).nullish(),
    terminated: Terminated.nullish(),
  })
  .nullish()
  .transform((state): { [Kind in keyof NonNullable<typeof state>]?: NonNullable<typeof state>[Kind] } => state ?? {})

const ContainerStatus = z.object({
  name: z.string(),
  restartCount: Count,
  state: State,
  lastState: State,
})
export type ContainerStatus = z.infer<typeof ContainerStatus>

/** A quantity is text; a number is taken as well, as whoever writes YAML may have it. */
const Quantities = z.record(z.string(), z.coerce.string()).nullish()
const Limits = z
  .object({ limits: Quantities })
  .nullish()
  .transform((resources) => resources?.limits ?? {})
const Container = z.object({ name: z.string(), resources: Limits })

export const Pod = z.object({
  metadata: Metadata,
  spec: z.object({
    containers: z.array(Container).nullish(),
    initContainers: z.array(Container).nullish(),
    resources: Limits,
  }),
  status: z.preprocess(
    (status) => status ?? {},
    z.object({
      phase: Text,
      reason: Text,
      message: Text,
      startTime: Time,
      conditions: z.array(Condition).nullish(),
      containerStatuses: z.array(ContainerStatus).nullish(),
      initContainerStatuses: z.array(ContainerStatus).nullish(),
    }),
  ),
})
export type Pod = z.infer<typeof Pod>

export const PodMetrics = z.object({
  metadata: z.object({ name: z.string() }),
  timestamp: Time,
  containers: z.array(z.object({ name: z.string(), usage: Quantities })).nullish(),
})
export type PodMetrics = z.infer<typeof PodMetrics>

/** One page of a list. An empty one may be null, or not be there in an answer that calls itself a list. */
export const Page = z
  .object({
    kind: Text,
    metadata: z.object({ continue: z.string().nullish() }).nullish(),
    items: z.array(z.unknown()).nullish(),
  })
  .refine(({ kind, items }) => items !== undefined || kind.endsWith('List'))

/** What the API server answers when it does not do what was asked. */
export const Refusal = z.object({ message: Text, reason: Text })
