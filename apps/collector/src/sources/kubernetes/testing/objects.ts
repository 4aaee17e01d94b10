/** Objects as a cluster has them, with as much of them as is read, and some that is not. */
export type Json = Record<string, unknown>

export type DeploymentShape = {
  name: string
  /** Undefined: not given, which is one. */
  replicas?: number | undefined
  ready?: number
  updated?: number
  /** How many pods there are in all; as many as are updated. */
  total?: number
  revision?: number
  generation?: number
  observed?: number
  image?: string
  conditions?: Json[]
}

/** What is zero is left out, as the server does it. */
export function deployment(shape: DeploymentShape): Json {
  const { name, replicas, ready = replicas ?? 1, updated = replicas ?? 1, total = updated } = shape
  const { revision = 1, generation = 1, observed = generation, image = 'images.example.com/team/app:1.4.2' } = shape
  const { conditions = [condition('Available', 'True', 'MinimumReplicasAvailable')] } = shape
  return {
    metadata: {
      name,
      uid: `uid-${name}`,
      generation,
      annotations: { 'deployment.kubernetes.io/revision': String(revision) },
    },
    spec: {
      ...(replicas === undefined ? {} : { replicas }),
      selector: { matchLabels: { app: name } },
      template: { spec: { containers: [{ name: 'app', image }] } },
    },
    status: {
      observedGeneration: observed,
      ...nonZero({ replicas: total, readyReplicas: ready, updatedReplicas: updated }),
      conditions,
    },
  }
}

/** A DeploymentConfig of OpenShift. */
export function deploymentConfig({ name, replicas = 1, ready = replicas, revision = 1 }: DeploymentShape): Json {
  return {
    metadata: { name, uid: `uid-${name}`, generation: 1 },
    spec: { replicas, selector: { name } },
    status: {
      observedGeneration: 1,
      latestVersion: revision,
      ...nonZero({ replicas, readyReplicas: ready, updatedReplicas: replicas }),
    },
  }
}

export type StatefulSetShape = {
  name: string
  replicas?: number
  ready?: number
  updated?: number
  revision?: string
  /** The one before, while pods of it are left. */
  current?: string
  strategy?: Json
}

/** `updatedReplicas` is there only while and after it is updated, as are the revisions that differ. */
export function statefulSet(shape: StatefulSetShape): Json {
  const { name, replicas = 1, ready = replicas, updated = replicas, revision = `${name}-5c9f8d`, strategy } = shape
  return {
    metadata: { name, uid: `uid-${name}`, generation: 1 },
    spec: {
      replicas,
      serviceName: name,
      ...(strategy === undefined ? {} : { updateStrategy: strategy }),
      template: { spec: { containers: [{ name, image: 'registry.example.com/db:16.4' }] } },
    },
    status: {
      observedGeneration: 1,
      replicas,
      currentRevision: shape.current ?? revision,
      updateRevision: revision,
      ...nonZero({ readyReplicas: ready, updatedReplicas: updated }),
    },
  }
}

export type DaemonSetShape = { name: string; nodes: number; ready?: number; updated?: number; template?: number }

export function daemonSet({ name, nodes, ready = nodes, updated = nodes, template = 1 }: DaemonSetShape): Json {
  return {
    metadata: {
      name,
      uid: `uid-${name}`,
      generation: template,
      annotations: { 'deprecated.daemonset.template.generation': String(template) },
    },
    spec: { template: { spec: { containers: [{ name, image: 'registry.example.com/agent:2.1' }] } } },
    status: {
      observedGeneration: template,
      currentNumberScheduled: nodes,
      desiredNumberScheduled: nodes,
      numberMisscheduled: 0,
      numberReady: ready,
      ...nonZero({ updatedNumberScheduled: updated, numberUnavailable: nodes - ready }),
    },
  }
}

/** What a pod of something else than a Deployment says of whose it is. */
export function ownedBy(kind: string, name: string): Json {
  return { ownerReferences: [{ apiVersion: 'apps/v1', kind, name, controller: true }], labels: { app: name } }
}

export function condition(
  type: string,
  status: string,
  reason: string,
  at = '2026-11-25T07:00:00Z',
  message = '',
): Json {
  return { type, status, reason, message, lastTransitionTime: at, lastUpdateTime: at }
}

export type ContainerShape = {
  name?: string
  limits?: Record<string, string>
  restarts?: number
  state?: Json
  lastState?: Json
}
export type PodShape = {
  of: string
  /** The last part of its name. */
  id: string
  containers?: ContainerShape[]
  config?: boolean
  status?: Json
  metadata?: Json
}

export const LIMITS = { cpu: '500m', memory: '512Mi' }
export const RUNNING: Json = { running: { startedAt: '2026-11-25T07:00:00Z' } }

export function pod({ of, id, containers = [{}], config = false, status = {}, metadata = {} }: PodShape): Json {
  const set = config ? `${of}-1` : `${of}-6d4cf56db6`
  const owner = { kind: config ? 'ReplicationController' : 'ReplicaSet', name: set, controller: true }
  return {
    metadata: {
      name: `${set}-${id}`,
      uid: `uid-${of}-${id}`,
      labels: { app: of, ...(config ? { deploymentconfig: of } : { 'pod-template-hash': '6d4cf56db6' }) },
      ...(config ? { annotations: { 'openshift.io/deployment-config.name': of } } : {}),
      ownerReferences: [owner],
      managedFields: [{ manager: 'kubelet', operation: 'Update', fieldsV1: { 'f:status': { 'f:phase': {} } } }],
      ...metadata,
    },
    spec: {
      containers: containers.map(({ name = 'app', limits = LIMITS }) => ({ name, resources: { limits } })),
    },
    status: {
      phase: 'Running',
      containerStatuses: containers.map(({ name = 'app', restarts = 0, state = RUNNING, lastState = {} }) => ({
        name,
        ready: 'running' in state,
        restartCount: restarts,
        state,
        lastState,
      })),
      ...status,
    },
  }
}

export type UsageShape = { cpu: string; memory: string; container?: string }

export function podMetrics(of: Json, usage: UsageShape | UsageShape[], timestamp: string): Json {
  const { name, labels } = of['metadata'] as { name: string; labels: Json }
  const containers = [usage]
    .flat()
    .map(({ container = 'app', cpu, memory }) => ({ name: container, usage: { cpu, memory } }))
  return { metadata: { name, labels }, timestamp, window: '15.034s', containers }
}

function nonZero(counts: Record<string, number>): Json {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0))
}
