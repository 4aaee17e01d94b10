import type { AwsWorld } from './aws-world.ts'

const MINUTE_MS = 60_000
const ARN = 'arn:aws:ecs:eu-west-1:123456789012'
const ALB = 'AWS/ApplicationELB'

/**
 * Fills a fake account with all that the example in docs/sources/aws.md watches: a service of ECS with Container Insights
 * behind a load balancer, a group of one machine with the agent behind another, a database, a cache. Values of every
 * minute from an hour before `now` on.
 */
export function fillAccount(world: AwsWorld, now: number, minutes = 120): void {
  const from = Math.floor(now / MINUTE_MS - 60) * MINUTE_MS
  const put = (namespace: string, dimensions: Record<string, string>, names: Record<string, string>): void => {
    for (const [name, stats] of Object.entries(names))
      for (const stat of stats.split(' ')) {
        const values = Array.from({ length: minutes }, (_, index) => 40 + (index % 20))
        world.put([namespace, name, stat], dimensions, from, values)
      }
  }
  const ide = { ClusterName: 'teaching', ServiceName: 'ide' }
  put('AWS/ECS', ide, { CPUUtilization: 'Average', MemoryUtilization: 'Average' })
  put('ECS/ContainerInsights', ide, { CpuUtilized: 'Average', MemoryUtilized: 'Average' })
  for (const reserved of ['CpuReserved', 'MemoryReserved'])
    world.put(['ECS/ContainerInsights', reserved, 'Average'], ide, from, Array<number>(minutes).fill(100))

  const traffic = { RequestCount: 'Sum', TargetResponseTime: 'p50 p95' }
  const first = { LoadBalancer: 'app/teaching/50dc6c495c0c9188' }
  const hosts = { ...first, TargetGroup: 'targetgroup/ide/73e2d6bc24d8a067' }
  put(ALB, hosts, { ...traffic, HealthyHostCount: 'Minimum', UnHealthyHostCount: 'Maximum' })
  put(ALB, { LoadBalancer: 'app/captions/60dc6c495c0c9199' }, { ...traffic, HTTPCode_Target_5XX_Count: 'Sum' })

  const group = { AutoScalingGroupName: 'captions-web' }
  put('AWS/EC2', group, { CPUUtilization: 'Average' })
  put('CWAgent', { ...group, InstanceId: 'i-0123456789abcdef0' }, { mem_used_percent: 'Average' })
  world.groups.set('captions-web', { desired: 1, instances: [{ id: 'i-0123456789abcdef0', state: 'InService' }] })

  const gauges = (names: string): Record<string, string> =>
    Object.fromEntries(names.split(' ').map((name) => [name, 'Average']))
  const database = gauges('DatabaseConnections CPUUtilization FreeableMemory FreeStorageSpace')
  const cache = gauges('CurrConnections DatabaseMemoryUsagePercentage BytesUsedForCache EngineCPUUtilization')
  put('AWS/RDS', { DBInstanceIdentifier: 'captions-db' }, database)
  put('AWS/ElastiCache', { CacheClusterId: 'captions-redis-001' }, { ...cache, Evictions: 'Sum' })
  fillService(world, now / 1_000)
}

/** One task; the events are a hundred, as ECS sends them with every answer. */
function fillService(world: AwsWorld, nowSeconds: number): void {
  world.clusters.set('teaching', { containerInsights: 'enabled' })
  world.services.set('teaching/ide', {
    serviceName: 'ide',
    status: 'ACTIVE',
    desiredCount: 1,
    runningCount: 1,
    pendingCount: 0,
    deployments: [
      {
        id: 'ecs-svc/1',
        status: 'PRIMARY',
        taskDefinition: `${ARN}:task-definition/ide:41`,
        rolloutState: 'COMPLETED',
        failedTasks: 0,
        createdAt: nowSeconds - 600,
        updatedAt: nowSeconds - 500,
      },
    ],
    events: Array.from({ length: 100 }, (_, index) => ({
      id: `event-${index}`,
      createdAt: nowSeconds - 60 * index,
      message: `(service ide) registered 1 targets in (target-group ${ARN}:targetgroup/ide/73e2d6bc24d8a067)`,
    })),
  })
  world.tasks.push({
    cluster: 'teaching',
    service: 'ide',
    taskArn: `${ARN}:task/teaching/0a1b2c3d4e5f`,
    desiredStatus: 'RUNNING',
    startedAt: nowSeconds - 590,
  })
}
