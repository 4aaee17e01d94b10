import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { z } from 'zod'
import { codeIn } from '../testing/document.ts'
import { until } from '../testing/until.ts'
import { valuesOf } from '../testing/values.ts'
import { DAEMON_SETS, DEPLOYMENTS, DEPLOYMENT_CONFIGS, PODS, POD_METRICS, STATEFUL_SETS } from './api/problem.ts'
import type { FakeCluster } from './testing/fake-cluster.ts'
import { deployment, pod, podMetrics } from './testing/objects.ts'
import { Watched, type WatchedOptions } from './testing/watched.ts'

const Role = z.object({ kind: z.literal('Role'), rules: z.array(z.unknown()) })

/** Three pods of one deployment, each measured. */
function fill(cluster: FakeCluster, timestamp: string, pods = 3): void {
  const all = Array.from({ length: pods }, (_, index) => pod({ of: 'webui', id: `p${index}` }))
  cluster.put('apps/deployments', [deployment({ name: 'webui', replicas: pods }), deployment({ name: 'rq-worker' })])
  cluster.put('/pods', all)
  cluster.put(
    'metrics.k8s.io/pods',
    all.map((each, index) => podMetrics(each, { cpu: `${index % 500}m`, memory: `${index % 512}Mi` }, timestamp)),
  )
}

async function filled(options: WatchedOptions = {}, pods = 3): Promise<Watched> {
  const watched = await Watched.open(options)
  fill(watched.cluster, watched.ago(5), pods)
  return watched
}

const metricsIn = (reading: Parameters<typeof valuesOf>[0]): string[] => [
  ...new Set(reading.points.map(({ metric }) => metric)),
]

describe('permissions', () => {
  it('that are missing for one part are named with the rule to add; the rest goes on', async () => {
    await using watched = await filled()
    watched.cluster.allowed.delete('/pods')
    const reading = await watched.ask()
    expect(reading.up).toBe(1)
    expect(reading.error).toEqual({
      code: 'forbidden',
      message:
        'system:serviceaccount:shop:headroom may not list pods in namespace shop (HTTP 403), or there is no such namespace; add to its Role: { apiGroups: [""], resources: ["pods"], verbs: ["list"] } (docs/sources/kubernetes.md has the whole of it)',
    })
    expect(valuesOf(reading)['replicas.ready{service="webui"}']).toBe(3)
  })

  it('that are missing for deployments leave the pods', async () => {
    await using watched = await filled()
    watched.cluster.allowed.delete('apps/deployments')
    const reading = await watched.ask()
    expect(reading.error?.message).toContain('{ apiGroups: ["apps"], resources: ["deployments"], verbs: ["list"] }')
    expect(metricsIn(reading)).toContain('memory.used_percent')
    expect(metricsIn(reading)).not.toContain('replicas.ready')
  })

  it('that are missing everywhere are all named at once', async () => {
    await using watched = await filled()
    watched.cluster.allowed.clear()
    const reading = await watched.ask()
    expect([reading.up, reading.points]).toEqual([1, []])
    for (const rule of ['["deployments"]', '["pods"]', '["metrics.k8s.io"]'])
      expect(reading.error?.message).toContain(rule)
  })
})

it('the Role in the documentation allows what is listed, and nothing else', async () => {
  const manifests = (await codeIn('kubernetes.md', 'yml')).flatMap((text) => parseAllDocuments(text))
  const role = manifests.map((each): unknown => each.toJS()).find((each) => Role.safeParse(each).success)
  const rules = [DEPLOYMENTS, STATEFUL_SETS, DAEMON_SETS, PODS, POD_METRICS, DEPLOYMENT_CONFIGS].map(
    ({ group, resource }) => ({
      apiGroups: [group],
      resources: [resource],
      verbs: ['list'],
    }),
  )
  expect(Role.parse(role).rules).toEqual(rules)
})

describe('without a metrics-server', () => {
  it.each([
    ['there is none', (cluster: FakeCluster) => cluster.objects.delete('metrics.k8s.io/pods'), 'HTTP 404'],
    ['it does not answer', (cluster: FakeCluster) => cluster.failing.set('metrics.k8s.io/pods', 503), 'HTTP 503'],
  ])('%s: CPU and memory are unknown, with the reason; the rest goes on', async (_, spoil, status) => {
    await using watched = await filled()
    spoil(watched.cluster)
    const reading = await watched.ask()
    expect(reading.error?.code).toBe('no_metrics')
    expect(reading.error?.message).toContain(status)
    expect(metricsIn(reading)).toEqual([
      'replicas.ready',
      'replicas.desired',
      'rollout.in_progress',
      'rollout.stuck',
      'restarts.total',
      'kills.total',
      'pods.waiting',
      'uptime.seconds',
    ])
  })

  it('one that hangs holds up nothing else', async () => {
    await using watched = await filled()
    watched.cluster.hanging.add('metrics.k8s.io/pods')
    const deadline = new AbortController()
    const asked = watched.ask(deadline.signal)
    await until(
      () => watched.cluster.requests.filter(({ path }) => path.startsWith('/api/v1/namespaces/shop/pods')).length,
      (pages) => pages === 1,
    )
    deadline.abort()
    const reading = await asked
    expect([reading.up, reading.error?.code]).toEqual([1, 'timeout'])
    expect(valuesOf(reading)['replicas.ready{service="webui"}']).toBe(3)
  })

  it('and told so, nothing is wrong and nothing of it is asked', async () => {
    await using watched = await filled({ own: { metrics: false } })
    watched.cluster.objects.delete('metrics.k8s.io/pods')
    expect((await watched.ask()).error).toBeUndefined()
    expect(watched.cluster.requests.some(({ path }) => path.includes('metrics'))).toBe(false)
  })
})

describe('names', () => {
  it('a deployment that is not there is named with the one that was meant', async () => {
    await using watched = await filled({ own: { deployments: ['webiu', 'rq-worker'] } })
    const reading = await watched.ask()
    expect(reading.error).toEqual({
      code: 'no_deployment',
      message: 'namespace shop has no deployment "webiu"; did you mean "webui"?; it has rq-worker, webui',
    })
    expect(valuesOf(reading)['replicas.ready{service="rq-worker"}']).toBe(1)
  })

  it('a namespace that is not there is named with the one that was meant, where that may be seen', async () => {
    await using watched = await filled({ own: { namespace: 'shop-stagin' } })
    watched.cluster.maySeeNamespaces = true
    expect((await watched.ask()).error).toEqual({
      code: 'no_namespace',
      message: 'there is no namespace "shop-stagin"; did you mean "shop-staging"?',
    })
  })

  it('an empty one is empty, or is not there, where that may not be seen', async () => {
    await using watched = await filled({ own: { namespace: 'shop-staging' } })
    expect((await watched.ask()).error?.message).toBe(
      'namespace shop-staging has no deployments, or does not exist; check `namespace`',
    )
    watched.cluster.maySeeNamespaces = true
    expect((await watched.ask()).error?.message).toBe('namespace shop-staging has no deployments; check `namespace`')
  })
})

describe('pages', () => {
  it('are all read', async () => {
    await using watched = await filled({}, 23)
    watched.cluster.maxPage = 10
    const reading = await watched.ask()
    expect(reading.error).toBeUndefined()
    expect(reading.points.filter(({ metric }) => metric === 'memory.used_percent')).toHaveLength(23)
    const asked = watched.cluster.requests.filter(({ path }) => path.startsWith('/api/v1/namespaces/shop/pods'))
    expect(asked).toHaveLength(3)
    expect(asked.every(({ path }) => path.includes('limit=50'))).toBe(true)
  })

  it('that expire on the way are read from the beginning', async () => {
    await using watched = await filled({}, 23)
    Object.assign(watched.cluster, { maxPage: 10, expiring: 1 })
    const reading = await watched.ask()
    expect(reading.error).toBeUndefined()
    expect(reading.points.filter(({ metric }) => metric === 'memory.used_percent')).toHaveLength(23)
  })

  it('that expire again and again are a named reason, and half a list counts for nothing', async () => {
    await using watched = await filled({}, 23)
    Object.assign(watched.cluster, { maxPage: 10, expiring: 100 })
    const reading = await watched.ask()
    expect(reading.error?.code).toBe('expired_list')
    expect(metricsIn(reading)).toEqual(['replicas.ready', 'replicas.desired', 'rollout.in_progress', 'rollout.stuck'])
  })
})

describe('throttling', () => {
  it('is waited for when it is short', async () => {
    await using watched = await filled({ own: { metrics: false } })
    watched.cluster.throttled = { times: 2, retryAfterSeconds: 1 }
    const asked = watched.ask()
    let ended = false
    void asked.then(() => (ended = true))
    await until(
      () => watched.clock.advance(250).then(() => ended),
      (is) => is,
    )
    const reading = await asked
    expect(reading.error).toBeUndefined()
    expect(reading.tookSeconds).toBeGreaterThanOrEqual(1)
    expect(valuesOf(reading)['replicas.ready{service="webui"}']).toBe(3)
  })

  it('that asks for more is a named reason, and nothing is asked until then', async () => {
    await using watched = await filled({ own: { metrics: false } })
    watched.cluster.throttled = { times: 1, retryAfterSeconds: 20 }
    const reading = await watched.ask()
    expect([reading.up, reading.error?.code]).toEqual([1, 'throttled'])
    expect(reading.error?.message).toContain('HTTP 429')
    expect((await watched.next()).error?.code).toBe('throttled')
    expect(watched.cluster.requests).toHaveLength(1)
    expect((await watched.next()).error).toBeUndefined()
  })
})

describe('many pods', () => {
  it('are bounded by maxSeries: the worst pod stands for all of a deployment, and what is left out is said', async () => {
    await using watched = await filled({ maxSeries: 100 }, 5_000)
    const reading = await watched.ask()
    expect(reading.error).toBeUndefined()
    expect(reading.points.length).toBeLessThanOrEqual(100)
    const values = valuesOf(reading)
    expect(values['cpu.used_percent{service="webui"}']).toBe((100 * 499) / 500)
    expect(values['memory.used_percent{service="webui"}']).toBe((100 * 511) / 512)
    expect(values['replicas.ready{service="webui"}']).toBe(5_000)
    expect(reading.leftOut).toBe(5_000 * 6 - 5)
    // 5,000 pods are written, sent and read: seconds, on a machine that has other work.
  })
})

describe('an answer that is none', () => {
  it('of a server in trouble: it does not answer', async () => {
    await using watched = await filled()
    for (const kind of watched.cluster.allowed) watched.cluster.failing.set(kind, 500)
    const reading = await watched.ask()
    expect(reading.up).toBe(0)
    expect(reading.error?.message).toContain('the API server answers HTTP 500')
  })

  it('of pods that cannot be understood leaves those out, and says how many', async () => {
    await using watched = await filled()
    const odd = { metadata: { name: 'odd' }, spec: 'none' }
    watched.cluster.put('/pods', [odd, pod({ of: 'webui', id: 'p0' })])
    const reading = await watched.ask()
    expect(reading.error).toMatchObject({ code: 'unreadable' })
    expect(reading.error?.message).toContain('1 of the pods')
    expect(metricsIn(reading)).toContain('memory.used_percent')
  })

  it('that does not come before the deadline', async () => {
    await using watched = await filled()
    const stopped = new AbortController()
    stopped.abort()
    const reading = await watched.ask(stopped.signal)
    expect(reading.error?.code).toBe('timeout')
  })
})
