import type { PollSource, SourceModule } from '../types.ts'
import { KubernetesOptions } from './schema.ts'

export const kubernetes: SourceModule<KubernetesOptions> = {
  kind: 'kubernetes',
  title: 'Kubernetes and OpenShift',
  about: 'Deployments of a namespace, and their pods: replicas, rollouts, CPU and memory against limits, restarts.',
  schema: KubernetesOptions,
  defaults: { everyMs: 15_000, timeoutMs: 10_000, maxSeries: 2_000, lagMs: 60_000 },
  describe: ({ namespace, context, deployments }) =>
    [
      namespace === undefined ? 'its own namespace' : `namespace ${namespace}`,
      ...(context === undefined ? [] : [`context ${context}`]),
      ...(deployments.length === 0 ? [] : [deployments.slice(0, 5).join(', ')]),
    ].join(', '),
  open: (options, context) => later(async () => (await import('./poll.ts')).openKubernetes(options, context)),
}

/** A source whose code is loaded when it is asked for the first time: who watches no cluster does not pay for it. */
function later(load: () => Promise<PollSource>): PollSource {
  let opened: Promise<PollSource> | undefined
  return {
    poll: async (signal) => (await (opened ??= load())).poll(signal),
    [Symbol.asyncDispose]: async () => (await opened)?.[Symbol.asyncDispose](),
  }
}
