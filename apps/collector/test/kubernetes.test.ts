import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Trial } from '@headroom/shared/model/trial.ts'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { FakeCluster } from '../src/sources/kubernetes/testing/fake-cluster.ts'
import { deployment, pod, podMetrics } from '../src/sources/kubernetes/testing/objects.ts'
import { Collector, temporaryFolder } from './support/collector.ts'
import { until } from './support/until.ts'

const stack = new AsyncDisposableStack()
let [collector, cluster]: [Collector | undefined, FakeCluster | undefined] = [undefined, undefined]
let kubeconfig = ''

function parts(): { at: Collector; cluster: FakeCluster } {
  if (collector === undefined || cluster === undefined) throw new Error('not started')
  return { at: collector, cluster }
}

const ago = (seconds: number): string => new Date(Date.now() - seconds * 1_000).toISOString()

/** Three web pods and ten workers, each at a quarter of its limits; `killed`: one of the workers has been, for memory. */
function put(on: FakeCluster, { ready = 3, killed = false, cpu = '125m' } = {}): void {
  const lastState = { terminated: { exitCode: 137, reason: 'OOMKilled', finishedAt: ago(1) } }
  const pods = [
    ...[0, 1, 2].map((index) => pod({ of: 'webui', id: `w${index}` })),
    ...Array.from({ length: 10 }, (_, index) => {
      const containers = index === 0 && killed ? [{ restarts: 1, lastState }] : [{}]
      return pod({ of: 'rq-worker', id: `r${index}`, containers })
    }),
  ]
  on.put('apps/deployments', [
    deployment({ name: 'webui', replicas: 3, ready }),
    deployment({ name: 'rq-worker', replicas: 10 }),
  ])
  on.put('/pods', pods)
  on.put(
    'metrics.k8s.io/pods',
    pods.map((each) => podMetrics(each, { cpu, memory: '128Mi' }, ago(0))),
  )
}

beforeAll(async () => {
  const folder = stack.use(await temporaryFolder())
  cluster = stack.use(await FakeCluster.open())
  put(cluster)
  kubeconfig = join(folder.path, 'kubeconfig')
  await writeFile(kubeconfig, cluster.kubeconfig())
  // The preset's own lines, without the minute that they are held for.
  const soon = [
    '{ id: too-few-replicas-critical, metric: replicas.ready, atMost: 0, for: 0s, severity: critical, steps: [Look.] }',
    '{ id: worker-cpu, metric: cpu.used_percent, above: 80, for: 0s, severity: warning, steps: [Look.] }',
  ]
  const source = `{ type: kubernetes, every: 1s, kubeconfig: "${kubeconfig}", deployments: [webui], workers: [rq-worker] }`
  const yaml = `systems:\n  - { id: captions, preset: webui-and-rq-on-openshift, sources: [${source}], flags: [${soon.join(', ')}] }\n`
  collector = stack.use(await Collector.start(folder.path, yaml))
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await stack.disposeAsync()
})

async function firing(flag: string, is: boolean): Promise<void> {
  await until(
    () => parts().at.alerts('state=open&system=captions'),
    (alerts) => alerts.some((alert) => alert.flag === flag && alert.state === 'firing') === is,
  )
}

it('a namespace feeds the flags of its preset, which fire and clear, and its notes stand on the time axis', async () => {
  const { at, cluster: on } = parts()
  await until(
    () => at.value('captions', 'workers.total'),
    (value) => value === 10,
  )
  expect(await at.value('captions', 'replicas.ready')).toBe(3)
  expect((await at.system('captions')).headroom.find(({ resource }) => resource === 'memory')?.usedPercent).toBe(25)

  put(on, { ready: 0, cpu: '450m' })
  await firing('too-few-replicas-critical', true)
  await firing('worker-cpu', true)
  put(on, { killed: true })
  await firing('out-of-memory-killed', true)
  await firing('too-few-replicas-critical', false)
  await firing('worker-cpu', false)
  const events = JSON.stringify(await at.events())
  expect(events).toContain('was killed for want of memory (OOMKilled)')
  expect(JSON.stringify([events, await at.series(), await at.json('/mapping')])).not.toContain('secret-token')
})

it('can be tried from the screen, with the kubeconfig that kubectl would take', async () => {
  vi.stubEnv('KUBECONFIG', kubeconfig)
  const { status, said } = await tried({ type: 'kubernetes', deployments: ['webiu', 'rq-worker'] })
  expect(status).toBe(200)
  const [source] = Trial.parse(said).tried
  expect(source?.error?.message).toContain('did you mean "webui"?')
  expect(source?.mapped).toContainEqual(expect.objectContaining({ metric: 'replicas.ready', value: 10 }))
})

it('reads no file that the screen names', async () => {
  const { said } = await tried({ type: 'kubernetes', kubeconfig })
  expect(said).toMatchObject({ error: { code: 'only_from_file', path: 'source.kubeconfig' } })
})

async function tried(source: unknown): Promise<{ status: number; said: unknown }> {
  const headers = { 'content-type': 'application/json' }
  const { at } = parts()
  const answer = await fetch(`${at.url}/api/v1/try`, { method: 'POST', headers, body: JSON.stringify({ source }) })
  return { status: answer.status, said: await answer.json() }
}
