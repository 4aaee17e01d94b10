import { globSync } from 'node:fs'
import { chmod, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { loadConfig } from '../src/config/load.ts'
import { systemClock } from '../src/lib/clock.ts'
import { PRESET_IDS } from '../src/presets/index.ts'
import { FakeAws } from '../src/sources/aws/testing/fake-aws.ts'
import { fillAccount } from '../src/sources/aws/testing/fill-account.ts'
import { SOURCES } from '../src/sources/index.ts'
import { FakeCluster } from '../src/sources/kubernetes/testing/fake-cluster.ts'
import { deployment, pod, podMetrics } from '../src/sources/kubernetes/testing/objects.ts'
import { FakeCloudWatchLogs } from '../src/sources/log/testing/fake-cloudwatch-logs.ts'
import { FakeRender as FakeRenderLogs } from '../src/sources/log/testing/fake-render.ts'
import { FakeRender } from '../src/sources/render/testing/fake-render.ts'
import { fakeService } from '../src/sources/render/testing/world.ts'
import { temporaryFolder } from './support/collector.ts'
import {
  checkExample,
  exampleText,
  moveTo,
  PRESETS,
  serveAnswers,
  unfedFlags,
  type ExampleCheck,
} from './support/examples.ts'

/*
 * Each example is checked by the real command, against what stands in for the services: its addresses are moved to
 * servers of the test, AWS and the cluster are found by the environment, as the SDK and kubectl find them. PostgreSQL and
 * Redis of webui-and-rq-on-openshift are checked by suites of their own, against real servers.
 */

const FOLDER = fileURLToPath(new URL('../../../docs/examples/', import.meta.url))
const KEY = 'rnd_0123456789abcdef'

afterEach(() => void vi.unstubAllEnvs())

/** The rows of the table, each as its source, metric and value. */
function values({ json }: ExampleCheck): Record<string, unknown> {
  return Object.fromEntries(
    json.systems.flatMap(({ sources }) =>
      sources.flatMap(({ id, mapped }) => mapped.map(({ metric, value }) => [`${id} ${metric}`, value])),
    ),
  )
}

/** Are in every system, and fed where it has such a thing: a database, a pool, request slots, checks of its parts. */
const WHERE_THERE_IS_ONE: ReadonlySet<string> = new Set([
  'a-part-is-not-well',
  'request-slots-full',
  'db-pool-high',
  'db-pool-critical',
  'db-connections-high',
  'db-connections-critical',
  'too-many-connections-refused',
])

/** The flags of the example's own preset, which must all be fed, whatever others share. */
function ownFlags(name: string): ReadonlySet<string> {
  return new Set(PRESETS.get(name.replace('.yaml', ''))?.flags.map(({ id }) => id))
}

/** Every source answers, nobody is warned, and every flag of the preset has something that feeds it. */
async function expectComplete(name: string, checked: ExampleCheck, sources: readonly string[]): Promise<void> {
  expect([checked.code, checked.err, checked.text]).toEqual([0, '', expect.stringContaining(', 0 failing')])
  expect(Math.max(...checked.text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100)
  expect(checked.json.warnings).toEqual([])
  expect(checked.json.systems.flatMap((system) => system.sources.map(({ id }) => id))).toEqual(sources)
  const own = ownFlags(name)
  const missing = (await unfedFlags(name, checked)).filter((id) => own.has(id) || !WHERE_THERE_IS_ONE.has(id))
  expect(missing).toEqual([])
}

describe('docs/examples', () => {
  it('has an example for each documented system, and its index names them all', async () => {
    const documented = PRESET_IDS.filter((id) => id !== 'web-service').map((id) => `${id}.yaml`)
    expect(globSync('*.yaml', { cwd: FOLDER }).toSorted()).toEqual(documented.toSorted())
    const index = await exampleText('README.md')
    for (const name of documented) expect(index).toContain(`(${name})`)
  })

  it('names in its index and in each example every variable that has to be set', async () => {
    const index = await exampleText('README.md')
    for (const name of globSync('*.yaml', { cwd: FOLDER })) {
      const asked = new Set<string>()
      const lookup = (variable: string): string => asked.add(variable) && 'value'
      const text = await exampleText(name)
      expect(loadConfig(text, { lookup, sources: SOURCES, presets: PRESETS })).toMatchObject({ ok: true })
      const [beginning = ''] = text.split('systems:')
      for (const variable of asked)
        expect([beginning, index]).toEqual([0, 1].map(() => expect.stringContaining(variable)))
    }
  })
})

describe('workshop-on-render.yaml and fastapi-on-render.yaml', () => {
  const variables = { RENDER_API_KEY: KEY, ADMIN_TOKEN: 'token-of-the-admin-page' }

  async function check(name: string, memoryBytes: number, line: string): Promise<ExampleCheck> {
    await using app = await serveAnswers()
    const memory = { 'memory-limit': () => memoryBytes, memory: () => memoryBytes / 4 }
    const service = fakeService('srv-abc123', { metrics: memory })
    await using render = await FakeRender.start({ clock: systemClock, key: KEY, resources: [service] })
    await using logs = await FakeRenderLogs.start({ key: KEY, service: 'srv-abc123' })
    logs.write(line, Date.now() - 30_000)
    return await checkExample(name, {
      variables,
      change: (of, source) => {
        if (of === 'render') source.set('url', render.url)
        else if (of === 'log') source.setIn(['render', 'url'], logs.url)
        else moveTo(app, source)
      },
    })
  }

  it('the workshop is watched by its own words, by Render and by its log', async () => {
    const name = 'workshop-on-render.yaml'
    const checked = await check(name, 2 * 2 ** 30, '10.0.0.1 - - "POST /upload HTTP/1.1" 503 21')
    await expectComplete(name, checked, ['health', 'render', 'log'])
    expect(values(checked)).toMatchObject({
      'health sessions.active': 27,
      'health requests.in_flight': 7,
      'health upload.seconds': 12.4,
      'health upstream.requests_per_minute': 64,
      'render memory.used_percent': 25,
      'render instances.count': 1,
    })
    expect(checked.text).toMatch(/^ {2}active_sessions +sessions\.active +27$/m)
    expect(checked.text).toMatch(
      /^captions\/log +ok +Render, logs of srv-abc123\n(.*\n)* {2}server-busy +.* 1 of 1 line$/m,
    )
    expect(checked.text).not.toContain(KEY)
  })

  it('the API is watched by its health, its admin page, Render and its log', async () => {
    const name = 'fastapi-on-render.yaml'
    const checked = await check(name, 512 * 2 ** 20, '[CRITICAL] WORKER TIMEOUT (pid:42)')
    await expectComplete(name, checked, ['health', 'admin', 'render', 'log'])
    expect(values(checked)).toMatchObject({
      'admin cache.items': 12,
      'admin cache.bytes': 1.5 * 2 ** 20,
      'admin streams.queue': 4,
      'admin streams.oldest_idle_seconds': 42,
      'render memory.used_bytes': 128 * 2 ** 20,
    })
    expect(checked.text).toMatch(/^ {2}cache\.size_mb +cache\.bytes +1\.5 MiB$/m)
    expect(checked.text).toMatch(/^ {2}worker-timeout +.* 1 of 1 line$/m)
    expect(checked.text).not.toContain('token-of-the-admin-page')
  })
})

describe('gunicorn-on-ec2.yaml and ide-on-ecs.yaml', () => {
  /** What node_exporter says, of what is read of it. */
  const MACHINE = `# TYPE node_cpu_seconds_total counter
node_cpu_seconds_total{cpu="0",mode="idle"} 1000
node_cpu_seconds_total{cpu="0",mode="user"} 200
# TYPE node_memory_MemTotal_bytes gauge
node_memory_MemTotal_bytes 8e+09
# TYPE node_memory_MemAvailable_bytes gauge
node_memory_MemAvailable_bytes 2e+09
# TYPE node_filesystem_size_bytes gauge
node_filesystem_size_bytes{device="/dev/xvda1",fstype="ext4",mountpoint="/"} 1e+10
# TYPE node_filesystem_free_bytes gauge
node_filesystem_free_bytes{device="/dev/xvda1",fstype="ext4",mountpoint="/"} 6e+09
# TYPE node_filesystem_avail_bytes gauge
node_filesystem_avail_bytes{device="/dev/xvda1",fstype="ext4",mountpoint="/"} 6e+09
`

  async function check(name: string, group: string): Promise<ExampleCheck> {
    await using app = await serveAnswers({ 'http://machine.example.com:9100/metrics': MACHINE })
    await using account = await FakeAws.start()
    await using logs = await FakeCloudWatchLogs.start(group)
    fillAccount(account.world, Date.now())
    vi.stubEnv('AWS_ENDPOINT_URL', account.url)
    vi.stubEnv('AWS_ENDPOINT_URL_CLOUDWATCH_LOGS', logs.url)
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAFAKE')
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'fake-secret-key')
    return await checkExample(name, { change: (_, source) => source.has('url') && moveTo(app, source) })
  }

  it('the machine is watched by the application, node_exporter, AWS and its log', async () => {
    const name = 'gunicorn-on-ec2.yaml'
    const checked = await check(name, '/ec2/app')
    await expectComplete(name, checked, ['health', 'machine', 'aws', 'log'])
    expect(values(checked)).toMatchObject({
      'health users.active': 41,
      'machine memory.used_percent': 75,
      'machine disk.used_percent': 40,
      'aws instances.count': 1,
      'aws latency.p95_seconds': expect.any(Number),
    })
    expect(checked.text).toMatch(/^ {2}node_cpu_seconds_total +cpu\.used_percent +known from the second answer on$/m)
    expect(checked.text).toMatch(/^app\/log +ok +CloudWatch Logs, \/ec2\/app$/m)
  })

  it('the service is watched by its two pages, AWS and its log', async () => {
    const name = 'ide-on-ecs.yaml'
    const checked = await check(name, '/ecs/ide')
    await expectComplete(name, checked, ['health', 'stats', 'aws', 'log'])
    expect(values(checked)).toMatchObject({
      'health uptime.seconds': 9_000,
      'health threads.active': 8,
      'stats processes.active': 6,
      'stats advice.warnings': 1,
      'aws replicas.ready': 1,
    })
    expect(checked.text).toMatch(/^ {2}uptime_hours +uptime\.seconds +9000 s$/m)
    expect(checked.text).toContain('  recommendations: CPU is above 80 %: ask for fewer scripts at once.\n')
  })
})

describe('webui-and-rq-on-openshift.yaml', () => {
  it('is watched by the application, the cluster and its log', async () => {
    await using app = await serveAnswers()
    await using cluster = await FakeCluster.open()
    await using folder = await temporaryFolder()
    const pods = ['webui', 'rq-worker'].flatMap((of) => [0, 1, 2].map((id) => pod({ of, id: `p${id}` })))
    const usage = { cpu: '125m', memory: '128Mi' }
    cluster.put(
      'apps/deployments',
      [deployment({ name: 'webui', replicas: 3 }), deployment({ name: 'rq-worker', replicas: 10 })],
      'captions',
    )
    cluster.put('/pods', pods, 'captions')
    const measured = pods.map((each) => podMetrics(each, usage, new Date().toISOString()))
    cluster.put('metrics.k8s.io/pods', measured, 'captions')
    await writeFile(join(folder.path, 'kubeconfig'), cluster.kubeconfig())
    // Stands in for `oc`, which is signed in to no cluster here: a log that goes on.
    await writeFile(
      join(folder.path, 'oc'),
      '#!/bin/sh\n[ "$1" = logs ] || exit 1\necho "Redis connection timed out"\nexec sleep 60\n',
    )
    await chmod(join(folder.path, 'oc'), 0o755)
    vi.stubEnv('KUBECONFIG', join(folder.path, 'kubeconfig'))
    vi.stubEnv('PATH', `${folder.path}${delimiter}${process.env['PATH'] ?? ''}`)

    const name = 'webui-and-rq-on-openshift.yaml'
    const checked = await checkExample(name, {
      variables: { DATABASE_PASSWORD: 'secret', REDIS_PASSWORD: 'secret' },
      only: ['health', 'kubernetes', 'log'],
      change: (of, source) => of === 'health' && moveTo(app, source),
    })
    await expectComplete(name, checked, ['health', 'kubernetes', 'log'])
    expect(values(checked)).toMatchObject({
      'health db.pool.in_use': 12,
      'health db.pool.limit': 50,
      'health processes.active': 6,
      'health errors.percent': 0.4,
      'kubernetes replicas.ready': 3,
      'kubernetes workers.total': 10,
    })
    expect(checked.text).toMatch(/^ {2}redis-connection-timeouts +log\.matches_per_minute +1 of 1 line$/m)
  })
})
