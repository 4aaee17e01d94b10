import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { systemClock } from '@headroom/collector/lib/clock.ts'
import { FakeAws } from '@headroom/collector/sources/aws/testing/fake-aws.ts'
import { fillAccount } from '@headroom/collector/sources/aws/testing/fill-account.ts'
import { SOURCES } from '@headroom/collector/sources/index.ts'
import { silentLogger } from '@headroom/collector/telemetry/logger.ts'
import { runAsLaunched } from './source/as-launched.ts'
import { cpuMsOf, report, rssMB } from './source/figures.ts'

/**
 * What watching AWS costs the collector: a whole system (an ECS service, a load balancer and its target group, a group of
 * machines with the agent, a database, a cache) in a fake AWS in another process, looked at again and again; the CPU of a
 * look as a share of a core at the default interval, and the memory of the source with the clients of the SDK it loads.
 * Usage: node bench/aws.ts [looks]
 */
const [ROLE, ...WORDS] = process.argv[2] === 'watch' ? process.argv.slice(2) : ['serve', ...process.argv.slice(2)]
const LOOKS = Number(WORDS[0] ?? 300)
const TARGETS = { percentOfCore: 1, megabytes: 60 }

/** What the fake account has. */
const WATCHED = {
  region: 'eu-west-1',
  cluster: 'teaching',
  service: 'ide',
  loadBalancer: 'app/teaching/50dc6c495c0c9188',
  targetGroup: 'targetgroup/ide/73e2d6bc24d8a067',
  autoScalingGroup: 'captions-web',
  db: 'captions-db',
  cache: 'captions-redis-001',
}

if (ROLE === 'watch') await watch(WORDS[1] ?? '')
else await serve()

async function serve(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'headroom-aws-'))
  await using fake = await FakeAws.start()
  fillAccount(fake.world, Date.now(), 120 + LOOKS)
  process.exitCode = await runAsLaunched(fileURLToPath(import.meta.url), folder, {
    first: ['watch', '1', fake.url],
    words: ['watch', String(LOOKS), fake.url],
  })
  await rm(folder, { recursive: true, force: true })
}

async function watch(url: string): Promise<void> {
  const { everyMs, ...common } = SOURCES.aws.defaults
  const own = { ...WATCHED, endpoint: url, accessKeyId: 'AKIAFAKE', secretAccessKey: 'fake-secret-key' }
  const options = { ...SOURCES.aws.schema.parse(own), ...common, everyMs, id: 'aws', labels: {} }
  // What any process pays that asks over HTTP, and the list of all kinds, is not the source's.
  for (let look = 0; look < LOOKS; look++) await fetchOnce(url)
  globalThis.gc?.()
  const before = rssMB()
  let lookAt = Date.now()
  const source = SOURCES.aws.open(options, { clock: { ...systemClock, now: () => lookAt }, log: silentLogger })
  const cpuMs: number[] = []
  let most = 0
  for (let look = 0; look < LOOKS; look++) {
    const [reading, ms] = await cpuMsOf(() => source.poll(AbortSignal.timeout(common.timeoutMs)))
    cpuMs.push(ms)
    if (reading.error !== undefined) throw new Error(`${reading.error.code}: ${reading.error.message}`)
    if (look === 0)
      console.log(`first look: ${reading.points.length} points, ${cpuMs[0]?.toFixed(0)} ms of CPU, SDK loaded`)
    most = Math.max(most, rssMB() - before)
    lookAt += everyMs
  }
  globalThis.gc?.()
  const megabytes = rssMB() - before
  await source[Symbol.asyncDispose]()
  const mean = cpuMs.slice(1).reduce((sum, ms) => sum + ms, 0) / Math.max(1, cpuMs.length - 1)
  console.log(`${LOOKS} looks, a minute of AWS apart; CPU of a look ${mean.toFixed(1)} ms; no child process is started`)
  const results = [
    report('share of a core at the default interval, %', (100 * mean) / everyMs, TARGETS.percentOfCore, 3),
    report('memory of the source with its SDK, tidied up, MB', megabytes, TARGETS.megabytes, 1),
    report('the same at its highest, not tidied up, MB', most, TARGETS.megabytes, 1),
  ]
  process.exitCode = results.every(Boolean) ? 0 : 1
}

async function fetchOnce(url: string): Promise<void> {
  const { get } = await import('node:http')
  await new Promise<void>((resolve, reject) => {
    get(url, (response) => response.resume().on('end', () => resolve())).on('error', reject)
  })
}
