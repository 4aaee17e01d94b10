import { type ChildProcess, fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { systemClock } from '@headroom/collector/lib/clock.ts'
import { createScraper } from '@headroom/collector/scrape/scraper.ts'
import { SOURCES } from '@headroom/collector/sources/index.ts'
import { FakeRender } from '@headroom/collector/sources/render/testing/fake-render.ts'
import { fakeService } from '@headroom/collector/sources/render/testing/world.ts'
import { silentLogger } from '@headroom/collector/telemetry/logger.ts'
import { report, rssMB } from './source/figures.ts'

/**
 * What watching Render costs: many services, each in a system of its own, all with one key, asked by the scraper at the
 * default interval; the API is a faithful fake in another process, which counts what it is asked. In real time.
 * Usage: node bench/render.ts [services] [minutes]
 */
const [ROLE = 'run', ...WORDS] = ['serve', 'watch'].includes(process.argv[2] ?? '')
  ? process.argv.slice(2)
  : ['run', ...process.argv.slice(2)]
const SERVICES = Number(WORDS[0] ?? 200)
const MINUTES = Number(WORDS[1] ?? 4)
/** As the launcher starts the collector: small rather than fast. */
const NODE_FLAGS = ['--optimize-for-size', '--no-maglev', '--semi-space-growth-factor=1', '--expose-gc']
const MINUTE_MS = 60_000
const TARGETS = { readsAMinute: 400, coreShare: 0.01, megabytes: 5 }

const ids = Array.from({ length: SERVICES }, (_, index) => `srv-${String(index).padStart(20, '0')}`)

if (ROLE === 'serve') await serve()
else if (ROLE === 'watch') await watch(WORDS[2] ?? '')
else await run()

/** The API; says its address, and when asked what it was asked. */
async function serve(): Promise<void> {
  const fake = await FakeRender.start({ clock: systemClock, resources: ids.map((id) => fakeService(id)) })
  process.send?.(fake.url)
  process.on('message', () => process.send?.({ asked: fake.asked.length, refused: fake.refused }))
  process.on('disconnect', () => void fake[Symbol.asyncDispose]())
}

async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'headroom-render-'))
  // As `npm start` does it: Node has seen the sources before, for taking the types out of them leaves memory behind.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') }
  try {
    await child(['watch', '2', '0.1', 'quiet'], env)
    process.exitCode = await child(['watch', String(SERVICES), String(MINUTES)], env)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function child(words: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const stdio = words.includes('quiet') ? 'ignore' : 'inherit'
  const made = fork(fileURLToPath(import.meta.url), [...words], {
    execArgv: NODE_FLAGS,
    env,
    stdio: [stdio, stdio, 'inherit', 'ipc'],
  })
  return new Promise((resolve) => made.on('exit', (code) => resolve(code ?? 1)))
}

type Count = { asked: number; refused: number }

async function watch(quiet: string): Promise<void> {
  const api = fork(fileURLToPath(import.meta.url), ['serve', String(SERVICES)])
  const url = String(await nextOf(api))
  const count = async (): Promise<Count> => {
    const answer = nextOf(api)
    api.send('count')
    return (await answer) as Count
  }
  // What any process pays that asks over HTTP is not the source's.
  await warmHttp(`${url}/services`)
  globalThis.gc?.()
  const before = rssMB()
  let [points, failed] = [0, 0]
  const scraper = createScraper({
    clock: systemClock,
    log: silentLogger,
    onReading(scraped) {
      points += scraped.points.length
      if (scraped.reading.error !== undefined) failed++
    },
  })
  const { everyMs, timeoutMs, maxSeries, lagMs } = SOURCES.render.defaults
  await scraper.replace(
    ids.map((id) => {
      const common = { id: 'render', everyMs, timeoutMs, maxSeries, labels: {} }
      const options = {
        ...SOURCES.render.schema.parse({ service: id, apiKey: 'rnd_0123456789abcdef', url }),
        ...common,
      }
      const context = { clock: systemClock, log: silentLogger }
      const target = { key: id, system: id, source: 'render', type: 'render', lagMs, ...common }
      return { ...target, open: () => SOURCES.render.open(options, context) }
    }),
  )
  // The first minute reads what there was before, and is not the usual one.
  await sleep(Math.min(1, MINUTES) * MINUTE_MS)
  console.log(`first minute: ${(await count()).asked} reads, ${points} points`)
  const results: number[] = []
  const from = process.cpuUsage()
  for (let minute = 1; minute < MINUTES; minute++) {
    const asked = (await count()).asked
    await sleep(MINUTE_MS)
    results.push((await count()).asked - asked)
  }
  const used = process.cpuUsage(from)
  globalThis.gc?.()
  const megabytes = rssMB() - before
  const { refused } = await count()
  await scraper[Symbol.asyncDispose]()
  api.disconnect()
  if (quiet === 'quiet') return process.disconnect?.()
  const share = (used.user + used.system) / 1_000 / ((MINUTES - 1) * MINUTE_MS)
  console.log(
    `${SERVICES} services, ${MINUTES} minutes: ${points} points, ${failed} failed looks, ${refused} reads refused`,
  )
  console.log(`all of them: ${(100 * share).toFixed(2)} % of a core, ${megabytes.toFixed(1)} MB`)
  const good = [
    report('reads a minute, most', Math.max(...results), TARGETS.readsAMinute, 0),
    report('share of a core, each', share / SERVICES, TARGETS.coreShare, 6),
    report('memory, MB each', megabytes / SERVICES, TARGETS.megabytes, 3),
  ]
  process.exitCode = good.every(Boolean) && failed === 0 && refused === 0 ? 0 : 1
  process.disconnect?.()
}

function nextOf(from: ChildProcess): Promise<unknown> {
  return new Promise((resolve) => from.once('message', resolve))
}

/** The connections of all sources, opened and used by one of another kind. */
async function warmHttp(url: string): Promise<void> {
  const common = { id: 'warm', everyMs: 5_000, timeoutMs: 5_000, maxSeries: 10, labels: {} }
  const options = { ...SOURCES['http-json'].schema.parse({ url }), ...common }
  await using source = SOURCES['http-json'].open(options, { clock: systemClock, log: silentLogger })
  for (let look = 0; look < 50; look++) await source.poll(AbortSignal.timeout(5_000))
}
