import type { Mapped } from '@headroom/shared/model/reading.ts'

/** By which metrics a documented system is known: all of the first list, and one of the second if there is one. */
type Sign = { preset: string; all: readonly string[]; any: readonly string[] }

/** The most particular first: the first that fits is suggested. */
const SIGNS: readonly Sign[] = [
  {
    preset: 'webui-and-rq-on-openshift',
    all: ['queue.length'],
    any: [
      'workers.total',
      'workers.busy',
      'jobs.running',
      'db.pool.in_use',
      'db.pool.size',
      'redis.clients',
      'redis.pool.in_use',
    ],
  },
  { preset: 'ide-on-ecs', all: ['users.active', 'threads.active'], any: [] },
  {
    preset: 'workshop-on-render',
    all: ['sessions.active'],
    any: ['sessions.limit', 'upload.seconds', 'upstream.requests_total', 'upstream.requests_per_minute'],
  },
  // Many programs have a cache.
  { preset: 'fastapi-on-render', all: ['cache.items'], any: ['streams.open', 'streams.queue'] },
  {
    preset: 'gunicorn-on-ec2',
    all: ['users.active'],
    any: ['workers.total', 'instances.count', 'latency.p95_seconds'],
  },
]

export type Suggestion = { preset: string; because: string[] }

/** The preset whose system gives the same numbers as these, if there is one. */
export function suggestPreset(mapped: readonly Mapped[]): Suggestion | undefined {
  const metrics = new Set(mapped.filter(({ how }) => how === 'known').map(({ metric }) => metric))
  for (const { preset, all, any } of SIGNS) {
    const some = any.filter((metric) => metrics.has(metric))
    if (all.every((metric) => metrics.has(metric)) && (any.length === 0 || some.length > 0))
      return { preset, because: [...all, ...some] }
  }
  return undefined
}
