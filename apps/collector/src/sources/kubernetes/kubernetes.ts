import { openLater } from '../../lib/open-later.ts'
import type { SourceModule } from '../types.ts'
import { KubernetesOptions } from './schema.ts'

export const kubernetes: SourceModule<KubernetesOptions> = {
  kind: 'kubernetes',
  title: 'Kubernetes and OpenShift',
  about: 'Workloads of a namespace, and their pods: replicas, rollouts, CPU and memory against limits, restarts.',
  gives: [
    'cpu.used_cores',
    'cpu.used_percent',
    'kills.total',
    'memory.limit_bytes',
    'memory.used_bytes',
    'memory.used_percent',
    'pods.waiting',
    'replicas.desired',
    'replicas.ready',
    'restarts.per_minute',
    'rollout.in_progress',
    'rollout.stuck',
    'uptime.seconds',
    'workers.total',
  ],
  schema: KubernetesOptions,
  defaults: { everyMs: 15_000, timeoutMs: 10_000, maxSeries: 2_000, lagMs: 60_000 },
  describe: ({ namespace, context, deployments }) =>
    [
      namespace === undefined ? 'its own namespace' : `namespace ${namespace}`,
      ...(context === undefined ? [] : [`context ${context}`]),
      ...(deployments.length === 0 ? [] : [deployments.slice(0, 5).join(', ')]),
    ].join(', '),
  open: (options, context) => openLater(async () => (await import('./poll.ts')).openKubernetes(options, context)),
}
