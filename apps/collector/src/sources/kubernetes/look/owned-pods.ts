import type { Pod } from '../api/resources.ts'
import type { Workload, WorkloadKind } from './workload.ts'

/** A pod, and the name of what keeps it running, as it is shown. */
export type OwnedPod = { pod: Pod; workload: string }

type Owner = { kind: WorkloadKind; called: string }

const CONFIG_OF_POD = 'openshift.io/deployment-config.name'
const HASH = 'pod-template-hash'

/**
 * The pods that belong to something that is watched. Where workloads could not be listed pods still say whose they are, so
 * `isWatched` is asked of the name.
 */
export function ownedPods(
  pods: readonly Pod[],
  workloads: readonly Workload[],
  isWatched: (called: string) => boolean,
): OwnedPod[] {
  const shown = new Map(workloads.map(({ kind, called, name }) => [`${kind}/${called}`, name]))
  return pods.flatMap((pod) => {
    const owner = ownerOf(pod, (called) => shown.has(`Deployment/${called}`))
    if (owner === undefined || !isWatched(owner.called)) return []
    return [{ pod, workload: shown.get(`${owner.kind}/${owner.called}`) ?? owner.called }]
  })
}

/** Neither on its way out nor over. */
export function isLive({ metadata, status }: Pod): boolean {
  return typeof metadata.deletionTimestamp !== 'string' && status.phase !== 'Succeeded' && status.phase !== 'Failed'
}

/** Undefined for pods of anything else, such as jobs. */
function ownerOf({ metadata }: Pod, isDeployment: (called: string) => boolean): Owner | undefined {
  const owner = metadata.ownerReferences.find(({ controller }) => controller !== false)
  if (owner === undefined) return undefined
  const { kind, name } = owner
  switch (kind) {
    case 'StatefulSet':
    case 'DaemonSet':
      return { kind, called: name }
    case 'ReplicationController': {
      const called = metadata.annotations[CONFIG_OF_POD]
      return called === undefined ? undefined : { kind: 'DeploymentConfig', called }
    }
    case 'ReplicaSet':
      return deploymentOf(name, metadata.labels[HASH], isDeployment)
    default:
      return undefined
  }
}

/** A ReplicaSet is called after its Deployment and the hash of its template, which the pod mostly carries too. */
function deploymentOf(
  replicaSet: string,
  hash: string | undefined,
  isDeployment: (called: string) => boolean,
): Owner | undefined {
  const ending = hash === undefined ? (/-[^-]+$/.exec(replicaSet)?.[0] ?? '') : `-${hash}`
  if (ending === '' || !replicaSet.endsWith(ending)) return undefined
  const called = replicaSet.slice(0, -ending.length)
  // One that somebody made by hand has no hash, and its name may look the same.
  return hash !== undefined || isDeployment(called) ? { kind: 'Deployment', called } : undefined
}
