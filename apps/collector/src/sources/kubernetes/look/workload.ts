import type { Condition, Deployment, Pod } from '../api/resources.ts'

/** A Deployment, or a DeploymentConfig of OpenShift. */
export type Workload = {
  name: string
  uid: string
  desired: number
  ready: number
  updated: number
  /** Something of what was asked for is still to come: new pods, or the end of old ones. */
  inProgress: boolean
  /** The rollout did not come about within its deadline. */
  stuck: Condition | undefined
  /** Pods cannot even be made, for a quota for example. */
  failing: Condition | undefined
  paused: boolean
  /** The number of its rollout. */
  revision: string
  images: readonly string[]
}

const REVISION = 'deployment.kubernetes.io/revision'
const CONFIG_OF_POD = 'openshift.io/deployment-config.name'
const HASH = 'pod-template-hash'

export function workloadOf({ metadata, spec, status }: Deployment): Workload {
  const conditions = status.conditions ?? []
  const desired = spec.replicas ?? 1
  const { updatedReplicas, replicas, readyReplicas, observedGeneration, latestVersion } = status
  return {
    name: metadata.name,
    uid: metadata.uid,
    desired,
    ready: readyReplicas,
    updated: updatedReplicas,
    inProgress: observedGeneration < metadata.generation || updatedReplicas < desired || replicas > updatedReplicas,
    stuck: conditions.find(
      ({ type, status: is, reason }) =>
        type === 'Progressing' && is === 'False' && reason === 'ProgressDeadlineExceeded',
    ),
    failing: conditions.find(({ type, status: is }) => type === 'ReplicaFailure' && is === 'True'),
    paused: spec.paused === true,
    revision: latestVersion === undefined ? (metadata.annotations[REVISION] ?? '') : String(latestVersion),
    images: (spec.template?.spec.containers ?? []).map(({ image }) => image),
  }
}

/** The name of the Deployment or DeploymentConfig that a pod is of; undefined for pods of anything else. */
export function workloadOfPod({ metadata }: Pod): string | undefined {
  const owner = metadata.ownerReferences.find(({ controller }) => controller !== false)
  if (owner?.kind === 'ReplicationController') return metadata.annotations[CONFIG_OF_POD]
  if (owner?.kind !== 'ReplicaSet') return undefined
  // A ReplicaSet is called after its Deployment and the hash of its template, which the pod carries too.
  const hash = metadata.labels[HASH]
  const ending = hash === undefined ? undefined : `-${hash}`
  return ending !== undefined && owner.name.endsWith(ending) ? owner.name.slice(0, -ending.length) : undefined
}

/** Neither on its way out nor over. */
export function isLive({ metadata, status }: Pod): boolean {
  return metadata.deletionTimestamp === undefined && status.phase !== 'Succeeded' && status.phase !== 'Failed'
}
