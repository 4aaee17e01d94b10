import type { z } from 'zod'
import type { Access } from './access/access.ts'
import type { ApiClient } from './api/api-client.ts'
import { list, type Listed } from './api/list.ts'
import { DEPLOYMENTS, listPath, POD_METRICS, PODS, type Resource } from './api/problem.ts'
import { DaemonSet, Deployment, Pod, PodMetrics, StatefulSet } from './api/resources.ts'
import { OPTIONAL_KINDS, type OptionalKind } from './optional-kinds.ts'

/** What one look at a namespace brought; each part for itself, null where it was not asked for. */
export type Listings = {
  deployments: Listed<Deployment>
  statefulSets: Listed<StatefulSet> | null
  daemonSets: Listed<DaemonSet> | null
  /** DeploymentConfigs of OpenShift. */
  configs: Listed<Deployment> | null
  pods: Listed<Pod>
  metrics: Listed<PodMetrics> | null
}

export type Wanted = { namespace: string; metrics: boolean; kinds: ReadonlySet<OptionalKind> }

/**
 * Lists everything; a part that fails takes nothing from the others. One list at a time, which keeps memory small, but for
 * the metrics: they come from a server of their own behind the API server, and one that hangs must not hold up the rest.
 */
export async function listAll(
  client: ApiClient,
  access: Access,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<Listings> {
  const of = <Item>(resource: Resource, item: z.ZodType<Item>): Promise<Listed<Item>> =>
    list({ client, access, path: listPath(resource, wanted.namespace), item, signal })
  const optional = <Item>(kind: OptionalKind, item: z.ZodType<Item>): Promise<Listed<Item>> | null =>
    wanted.kinds.has(kind) ? of(OPTIONAL_KINDS[kind], item) : null
  const measured = wanted.metrics ? of(POD_METRICS, PodMetrics) : null
  const deployments = await of(DEPLOYMENTS, Deployment)
  const statefulSets = await optional('statefulSets', StatefulSet)
  const daemonSets = await optional('daemonSets', DaemonSet)
  const configs = await optional('configs', Deployment)
  const pods = await of(PODS, Pod)
  return { deployments, statefulSets, daemonSets, configs, pods, metrics: await measured }
}

export function isUnauthorized({ deployments, pods }: Listings): boolean {
  return [deployments, pods].some((listed) => listed.kind === 'refused' && listed.status === 401)
}
