import { fork } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadConfig } from '@headroom/collector/config/load.ts'
import { systemClock } from '@headroom/collector/lib/clock.ts'
import { loadPresets } from '@headroom/collector/presets/load.ts'
import { SOURCES } from '@headroom/collector/sources/index.ts'
import { silentLogger } from '@headroom/collector/telemetry/logger.ts'
import { runAsLaunched } from './source/as-launched.ts'
import { cpuMsOf, quantile, report, rssMB } from './source/figures.ts'

/**
 * What watching a namespace of Kubernetes costs: 50 deployments with 500 pods, whose objects are as large as real ones,
 * listed over TLS from an API server in another process.
 * Usage: node bench/kubernetes.ts [pods] [looks]
 */
const ROLES = ['cluster', 'watch']
const [ROLE, ...WORDS] = ROLES.includes(process.argv[2] ?? '')
  ? process.argv.slice(2)
  : ['start', ...process.argv.slice(2)]
const PODS = Number(WORDS[0] ?? 500)
const LOOKS = Number(WORDS[1] ?? 100)
const DEPLOYMENTS = 50
/** What controllers write into a pod beside what is read of it. */
const PADDING_BYTES = 6_000
const TARGETS = { corePercent: 1, megabytes: 40 }

if (ROLE === 'cluster') await cluster()
else if (ROLE === 'watch') await watch(WORDS[2] ?? '')
else await start()

async function start(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'headroom-kubernetes-'))
  const server = fork(fileURLToPath(import.meta.url), ['cluster', String(PODS)])
  try {
    const kubeconfig = await new Promise<string>((resolve, reject) => {
      server.once('message', (text) => resolve(typeof text === 'string' ? text : ''))
      server.once('exit', () => reject(new Error('the cluster did not start')))
    })
    const path = join(folder, 'kubeconfig')
    await writeFile(path, kubeconfig)
    process.exitCode = await runAsLaunched(fileURLToPath(import.meta.url), folder, {
      first: ['watch', String(PODS), '1', path],
      words: ['watch', String(PODS), String(LOOKS), path],
    })
  } finally {
    server.kill()
    await rm(folder, { recursive: true, force: true })
  }
}

/** The API server of the tests, with a namespace as large as is asked for; says its kubeconfig. */
async function cluster(): Promise<void> {
  const { FakeCluster } = await import('@headroom/collector/sources/kubernetes/testing/fake-cluster.ts')
  const { deployment, pod, podMetrics } = await import('@headroom/collector/sources/kubernetes/testing/objects.ts')
  const fake = await FakeCluster.open()
  const each = Math.ceil(PODS / DEPLOYMENTS)
  const names = Array.from({ length: DEPLOYMENTS }, (_, index) => `service-${index}`)
  const managedFields = [{ manager: 'kubelet', fieldsV1: { 'f:status': 'x'.repeat(PADDING_BYTES) } }]
  const pods = Array.from({ length: PODS }, (_, index) =>
    pod({
      of: names[index % DEPLOYMENTS] ?? '',
      id: `p${index}`,
      metadata: { managedFields },
      containers: [{}, { name: 'proxy' }],
    }),
  )
  fake.put(
    'apps/deployments',
    names.map((name) => deployment({ name, replicas: each })),
  )
  fake.put('/pods', pods)
  const measure = (): void => {
    const usage = (container: string): { container: string; cpu: string; memory: string } => ({
      container,
      cpu: `${Math.floor(Math.random() * 5e8)}n`,
      memory: `${Math.floor(Math.random() * 524_288)}Ki`,
    })
    const now = new Date().toISOString()
    fake.put(
      'metrics.k8s.io/pods',
      pods.map((one) => podMetrics(one, [usage('app'), usage('proxy')], now)),
    )
  }
  measure()
  setInterval(measure, 500)
  process.send?.(fake.kubeconfig())
}

async function watch(kubeconfig: string): Promise<void> {
  const common = { id: 'kubernetes', everyMs: 15_000, timeoutMs: 10_000, maxSeries: 2_000, labels: {} }
  const options = SOURCES.kubernetes.schema.parse({ kubeconfig })
  await warmUp(kubeconfig)
  globalThis.gc?.()
  const before = rssMB()
  const source = SOURCES.kubernetes.open({ ...options, ...common }, { clock: systemClock, log: silentLogger })
  const tookMs: number[] = []
  const cpuMs: number[] = []
  let most = 0
  for (let look = 0; look < LOOKS; look++) {
    const began = performance.now()
    const [reading, ms] = await cpuMsOf(() => source.poll(AbortSignal.timeout(common.timeoutMs)))
    tookMs.push(performance.now() - began)
    cpuMs.push(ms)
    most = Math.max(most, rssMB())
    if (reading.error !== undefined) throw new Error(reading.error.message)
    if (look === 0) console.log(`${PODS} pods: ${reading.points.length} values, ${reading.leftOut} left out`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  await source[Symbol.asyncDispose]()
  const perLook = cpuMs.reduce((sum, ms) => sum + ms, 0) / LOOKS
  console.log(
    `${LOOKS} looks; one took ${quantile(tookMs, 0.5).toFixed(0)} ms in the median, ${quantile(tookMs, 0.99).toFixed(0)} ms at p99`,
  )
  console.log(`CPU of a look ${perLook.toFixed(1)} ms, of the first ${(cpuMs[0] ?? 0).toFixed(0)} ms`)
  const results = [
    report('share of a core at one look every 15 s, %', perLook / 150, TARGETS.corePercent, 2),
    report('memory at its most, MB', most - before, TARGETS.megabytes, 1),
  ]
  globalThis.gc?.()
  console.log(`memory that stays: ${(rssMB() - before).toFixed(1)} MB`)
  process.exitCode = results.every(Boolean) ? 0 : 1
}

/** What a collector has loaded that reads its configuration and asks one address over TLS is not the source's. */
async function warmUp(kubeconfig: string): Promise<void> {
  const server = /"server":"([^"]+)"/.exec(await readFile(kubeconfig, 'utf8'))?.[1] ?? ''
  const url = `${server}/api/v1/namespaces/shop/pods?limit=5`
  const source = `{ type: http-json, url: "${url}", bearer: secret-token, insecure: true }`
  const loaded = loadConfig(`systems: [{ id: shop, sources: [${source}] }]`, {
    lookup: () => undefined,
    sources: SOURCES,
    presets: loadPresets(),
  })
  if (!loaded.ok) throw new Error('the configuration of the bench is wrong')
  const options = SOURCES['http-json'].schema.parse({ url, bearer: 'secret-token', insecure: true })
  const common = { id: 'http-json', everyMs: 5_000, timeoutMs: 5_000, maxSeries: 200, labels: {} }
  await using opened = SOURCES['http-json'].open({ ...options, ...common }, { clock: systemClock, log: silentLogger })
  for (let look = 0; look < 20; look++) {
    const { error } = await opened.poll(AbortSignal.timeout(5_000))
    if (error !== undefined) throw new Error(error.message)
  }
}
