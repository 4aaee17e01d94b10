import { z } from 'zod'
import type { AwsWorld } from './aws-world.ts'
import { Refusal } from './refusal.ts'

const ACCOUNT = 'arn:aws:ecs:eu-west-1:123456789012'
const Cluster = z.string().default('default')
const TASKS_A_PAGE = 2

export function describeClusters(world: AwsWorld, body: unknown): unknown {
  const { clusters, include } = z
    .object({ clusters: z.array(z.string()).default(['default']), include: z.array(z.string()).default([]) })
    .parse(body)
  return {
    clusters: clusters.flatMap((name) => {
      const cluster = world.clusters.get(name)
      if (cluster === undefined) return []
      const settings = include.includes('SETTINGS')
        ? [{ name: 'containerInsights', value: cluster.containerInsights }]
        : []
      return [{ clusterName: name, clusterArn: `${ACCOUNT}:cluster/${name}`, status: 'ACTIVE', settings }]
    }),
    failures: clusters
      .filter((name) => !world.clusters.has(name))
      .map((name) => ({ arn: `${ACCOUNT}:cluster/${name}`, reason: 'MISSING' })),
  }
}

/** A service that there is not is a failure within a good answer; a cluster that there is not is an error. */
export function describeServices(world: AwsWorld, body: unknown): unknown {
  const { cluster, services } = z.object({ cluster: Cluster, services: z.array(z.string()).min(1).max(10) }).parse(body)
  mustBe(world, cluster)
  const key = (name: string): string => `${cluster}/${name}`
  return {
    services: services.flatMap((name) => world.services.get(key(name)) ?? []),
    failures: services
      .filter((name) => !world.services.has(key(name)))
      .map((name) => ({ arn: `${ACCOUNT}:service/${key(name)}`, reason: 'MISSING' })),
  }
}

export function listTasks(world: AwsWorld, body: unknown): unknown {
  const {
    cluster,
    serviceName,
    desiredStatus,
    nextToken = '0',
  } = z
    .object({
      cluster: Cluster,
      serviceName: z.string(),
      desiredStatus: z.enum(['RUNNING', 'STOPPED']),
      maxResults: z.number().max(100),
      nextToken: z.string().optional(),
    })
    .parse(body)
  mustBe(world, cluster)
  const found = world.tasks.filter(
    (task) => task.cluster === cluster && task.service === serviceName && task.desiredStatus === desiredStatus,
  )
  const next = Number(nextToken) + TASKS_A_PAGE
  return {
    taskArns: found.slice(Number(nextToken), next).map(({ taskArn }) => taskArn),
    ...(next < found.length ? { nextToken: String(next) } : {}),
  }
}

export function describeTasks(world: AwsWorld, body: unknown): unknown {
  const { cluster, tasks } = z.object({ cluster: Cluster, tasks: z.array(z.string()).min(1).max(100) }).parse(body)
  mustBe(world, cluster)
  return {
    tasks: world.tasks
      .filter(({ taskArn }) => tasks.includes(taskArn))
      .map(({ cluster: _cluster, service: _service, ...task }) => task),
    failures: [],
  }
}

function mustBe(world: AwsWorld, cluster: string): void {
  if (!world.clusters.has(cluster)) throw new Refusal('ClusterNotFoundException', 'Cluster not found.')
}
