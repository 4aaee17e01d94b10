import type { Targets } from '../targets.ts'
import { balancerTargets } from './balancer-targets.ts'
import { ecsTarget } from './ecs-target.ts'
import { groupTarget, instanceTarget, type AgentDimensions } from './machine-targets.ts'
import { cacheTarget, databaseTarget } from './store-targets.ts'
import type { Target } from './target.ts'

/** What was found out since: whether the cluster has Container Insights, and where the agent of a machine or group is. */
export type Found = { insights: boolean; agents: ReadonlyMap<string, AgentDimensions> }

export const NOTHING_FOUND: Found = { insights: false, agents: new Map() }

/** All that CloudWatch is asked about. */
export function planTargets(targets: Targets, { insights, agents }: Found): Target[] {
  const { cluster, services, loadBalancer, targetGroups, instances, group, databases, caches } = targets
  const agentOf = (name: string): AgentDimensions => agents.get(name) ?? []
  return [
    ...services.map((service) => ecsTarget(cluster, service, insights)),
    ...instances.map((instance) => instanceTarget(instance, agentOf(instance.name))),
    ...(group === undefined ? [] : [groupTarget(group, agentOf(group.name))]),
    ...(loadBalancer === undefined ? [] : balancerTargets(loadBalancer, targetGroups)),
    ...databases.map(databaseTarget),
    ...caches.map(cacheTarget),
  ]
}
