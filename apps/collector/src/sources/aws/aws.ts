import { openLater } from '../../lib/open-later.ts'
import type { SourceModule } from '../types.ts'
import { dollarsADay } from './cost.ts'
import { NOTHING_FOUND, planTargets } from './metrics/plan-targets.ts'
import { AwsOptions } from './schema.ts'
import { periodMsOf, targetsOf } from './targets.ts'

export const aws: SourceModule<AwsOptions> = {
  kind: 'aws',
  title: 'AWS',
  about:
    'ECS services, load balancers, EC2, RDS and ElastiCache, through CloudWatch and ECS; or the ECS task it runs in.',
  gives: [
    'cpu.used_percent',
    'db.connections',
    'errors.percent',
    'instances.count',
    'kills.total',
    'latency.p50_seconds',
    'latency.p95_seconds',
    'memory.limit_bytes',
    'memory.used_bytes',
    'memory.used_percent',
    'redis.clients',
    'redis.evicted_per_minute',
    'redis.memory_bytes',
    'redis.memory_percent',
    'replicas.desired',
    'replicas.ready',
    'requests.per_minute',
    'responses.per_minute',
    'uptime.seconds',
  ],
  schema: AwsOptions,
  // CloudWatch gives values of a minute, some minutes late; those of EC2 are of five minutes.
  defaults: { everyMs: 60_000, timeoutMs: 15_000, maxSeries: 200, lagMs: 10 * 60_000 },
  describe(options) {
    if (options.taskMetadata) return 'the ECS task it runs in'
    const targets = targetsOf(options)
    const planned = planTargets(targets, NOTHING_FOUND)
    const metrics = planned.reduce((sum, { queries }) => sum + queries.length, 0)
    const cents = dollarsADay(metrics, periodMsOf(options)).toFixed(2)
    const host = options.endpoint === undefined ? '' : ` at ${new URL(options.endpoint).host}`
    const places = [...new Set(planned.map(({ place }) => place))]
    return `${options.region ?? ''}${host}: ${places.join(', ')} (${metrics} metrics, about $${cents} a day)`
  },
  open: (options, context) =>
    openLater(async () =>
      options.taskMetadata
        ? (await import('./task/open-task.ts')).openTask(options, context)
        : (await import('./poll.ts')).openAws(options, context),
    ),
}
