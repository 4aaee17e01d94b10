import type { z } from 'zod'
import type { Access } from './access/access.ts'
import type { ApiClient } from './api/api-client.ts'
import { list, type Listed } from './api/list.ts'
import { DEPLOYMENT_CONFIGS, DEPLOYMENTS, listPath, POD_METRICS, PODS, type Resource } from './api/problem.ts'
import { Deployment, Pod, PodMetrics } from './api/resources.ts'

/** What one look at a namespace brought; each part for itself. */
export type Listings = {
  deployments: Listed<Deployment>
  /** Of OpenShift; null where there are none, or where it was found lately that they cannot be listed. */
  configs: Listed<Deployment> | null
  pods: Listed<Pod>
  /** Null where they are not wanted. */
  metrics: Listed<PodMetrics> | null
}

export type Wanted = { namespace: string; metrics: boolean; configs: boolean }

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
  const measured = wanted.metrics ? of(POD_METRICS, PodMetrics) : null
  const deployments = await of(DEPLOYMENTS, Deployment)
  const configs = wanted.configs ? await of(DEPLOYMENT_CONFIGS, Deployment) : null
  const pods = await of(PODS, Pod)
  return { deployments, configs, pods, metrics: await measured }
}

export function isUnauthorized({ deployments, pods }: Listings): boolean {
  return [deployments, pods].some((listed) => listed.kind === 'refused' && listed.status === 401)
}
