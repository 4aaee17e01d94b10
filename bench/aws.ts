import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { systemClock } from '@headroom/collector/lib/clock.ts'
import { FakeAws } from '@headroom/collector/sources/aws/testing/fake-aws.ts'
import { fillAccount } from '@headroom/collector/sources/aws/testing/fill-account.ts'
import { SOURCES } from '@headroom/collector/sources/index.ts'
import { silentLogger } from '@headroom/collector/telemetry/logger.ts'

/**
 * What watching AWS costs the collector: a whole system (an ECS service, a load balancer and its target group, a group of
 * machines with the agent, a database, a cache) in a fake AWS in another process, looked at again and again; the CPU of a
 * look as a share of a core at the default interval, and the memory of the source with the clients of the SDK it loads.
 * Usage: node bench/aws.ts [looks]
 */
const [ROLE, ...WORDS] = process.argv[2] === 'watch' ? process.argv.slice(2) : ['serve', ...process.argv.slice(2)]
const LOOKS = Number(WORDS[0] ?? 300)
/** As the launcher starts the collector: small rather than fast. */
const NODE_FLAGS = ['--optimize-for-size', '--no-maglev', '--semi-space-growth-factor=1', '--expose-gc']
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
  // As `npm start` does it: Node has seen the sources before, for taking the types out of them leaves memory behind.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') }
  await run(['watch', '1', fake.url, 'quiet'], env)
  process.exitCode = await run(['watch', String(LOOKS), fake.url], env)
  await rm(folder, { recursive: true, force: true })
}

function run(words: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const stdio = words.includes('quiet') ? 'ignore' : 'inherit'
  const child = spawn(process.execPath, [...NODE_FLAGS, fileURLToPath(import.meta.url), ...words], { env, stdio })
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)))
}

async function watch(url: string): Promise<void> {
  const { everyMs, ...common } = SOURCES.aws.defaults
  const own = { ...WATCHED, endpoint: url, accessKeyId: 'AKIAFAKE', secretAccessKey: 'fake-secret-key' }
  const options = { ...SOURCES.aws.schema.parse(own), ...common, everyMs, id: 'aws', labels: {} }
  // What any process pays that asks over HTTP, and the list of all kinds, is not the source's.
  for (let look = 0; look < LOOKS; look++) await fetchOnce(url)
  const before = rssMB()
  let lookAt = Date.now()
  const source = SOURCES.aws.open(options, { clock: { ...systemClock, now: () => lookAt }, log: silentLogger })
  const cpuMs: number[] = []
  let most = 0
  for (let look = 0; look < LOOKS; look++) {
    const from = process.cpuUsage()
    const reading = await source.poll(AbortSignal.timeout(common.timeoutMs))
    const { user, system } = process.cpuUsage(from)
    cpuMs.push((user + system) / 1_000)
    if (reading.error !== undefined) throw new Error(`${reading.error.code}: ${reading.error.message}`)
    if (look === 0)
      console.log(`first look: ${reading.points.length} points, ${cpuMs[0]?.toFixed(0)} ms of CPU, SDK loaded`)
    most = Math.max(most, process.memoryUsage().rss / 1e6 - before)
    lookAt += everyMs
  }
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

function rssMB(): number {
  globalThis.gc?.()
  return process.memoryUsage().rss / 1e6
}

function report(what: string, value: number, target: number, digits: number): boolean {
  console.log(`${what}: ${value.toFixed(digits)} (target ${target}; ${(value / target).toFixed(2)} of it)`)
  return value <= target
}
