import { type Condition, type DaemonSet, type Deployment, identityOf, type StatefulSet } from '../api/resources.ts'

export type WorkloadKind = 'Deployment' | 'DeploymentConfig' | 'StatefulSet' | 'DaemonSet'

/** What keeps pods of one kind running. */
export type Workload = {
  kind: WorkloadKind
  /** As it is shown, and labelled; no two have the same. */
  name: string
  /** As the cluster calls it. */
  called: string
  uid: string
  desired: number
  ready: number
  /** Something of what was asked for is still to come: new pods, or the end of old ones. */
  inProgress: boolean
  /** Whether it has a deadline for a rollout at all. */
  hasDeadline: boolean
  /** The rollout did not come about within its deadline. */
  stuck: Condition | undefined
  /** Pods cannot even be made, for a quota for example. */
  failing: Condition | undefined
  paused: boolean
  /** Which rollout it is at; empty where that is not said. */
  revision: string
  images: readonly string[]
}

const REVISION = 'deployment.kubernetes.io/revision'
const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation'

export function deploymentWorkload(kind: 'Deployment' | 'DeploymentConfig', object: Deployment): Workload {
  const { metadata, spec, status } = object
  const desired = spec.replicas ?? 1
  const { updatedReplicas, replicas, readyReplicas, latestVersion } = status
  const conditions = status.conditions ?? []
  return {
    ...common(kind, object),
    desired,
    ready: readyReplicas,
    inProgress: isBehind(object) || updatedReplicas < desired || replicas > updatedReplicas,
    hasDeadline: true,
    stuck: conditions.find(
      ({ type, status: is, reason }) =>
        type === 'Progressing' && is === 'False' && reason === 'ProgressDeadlineExceeded',
    ),
    failing: conditions.find(({ type, status: is }) => type === 'ReplicaFailure' && is === 'True'),
    paused: spec.paused === true,
    revision: typeof latestVersion !== 'number' ? (metadata.annotations[REVISION] ?? '') : String(latestVersion),
  }
}

/** Its pods are replaced one after the other; those below its partition, or all of one that waits to be asked, are left. */
export function statefulSetWorkload(object: StatefulSet): Workload {
  const { spec, status } = object
  const { isRolling, partition } = spec.updateStrategy
  const { replicas, readyReplicas, updatedReplicas, currentRevision, updateRevision } = status
  const desired = spec.replicas ?? 1
  const isUpdating = isRolling && updateRevision !== currentRevision && updatedReplicas < desired - partition
  return {
    ...common('StatefulSet', object),
    desired,
    ready: readyReplicas,
    inProgress: isBehind(object) || isUpdating || replicas !== desired,
    revision: updateRevision,
  }
}

/** It has a pod on each node that it is for. */
export function daemonSetWorkload(object: DaemonSet): Workload {
  const { metadata, spec, status } = object
  const { desiredNumberScheduled, numberReady, updatedNumberScheduled } = status
  const { isRolling } = spec.updateStrategy
  return {
    ...common('DaemonSet', object),
    desired: desiredNumberScheduled,
    ready: numberReady,
    inProgress: isBehind(object) || (isRolling && updatedNumberScheduled < desiredNumberScheduled),
    revision: metadata.annotations[TEMPLATE_GENERATION] ?? '',
  }
}

/** Where two of different kinds are called the same, the later one is shown with its kind. */
export function told(workloads: readonly Workload[]): Workload[] {
  const names = new Set<string>()
  return workloads
    .map((workload) => {
      const name = names.has(workload.called) ? `${workload.called} (${workload.kind})` : workload.called
      names.add(name)
      return { ...workload, name }
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

function common(
  kind: WorkloadKind,
  { metadata, spec }: Pick<Deployment, 'metadata'> & { spec: { template: string[] } },
) {
  return {
    kind,
    name: metadata.name,
    called: metadata.name,
    uid: identityOf(metadata),
    hasDeadline: false,
    stuck: undefined,
    failing: undefined,
    paused: false,
    images: spec.template,
  }
}

/** What was asked for has not even been looked at yet. */
function isBehind({ metadata, status }: { metadata: { generation: number }; status: { observedGeneration: number } }) {
  return status.observedGeneration < metadata.generation
}
