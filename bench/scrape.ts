import { fork } from 'node:child_process'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { systemClock } from '@headroom/collector/lib/clock.ts'
import { createScraper } from '@headroom/collector/scrape/scraper.ts'
import { slotOffset } from '@headroom/collector/scrape/schedule.ts'
import type { ScrapeTarget } from '@headroom/collector/scrape/types.ts'
import { SOURCES } from '@headroom/collector/sources/index.ts'
import { silentLogger } from '@headroom/collector/telemetry/logger.ts'
import { report } from './source/figures.ts'

/**
 * What watching costs: 1,000 origins asked every 5 s, each over its own kept-alive connection, read, mapped and turned
 * into points. The origins are addresses of 127/8 served by another process, whose cost is not counted.
 * Usage: node bench/scrape.ts [origins] [seconds]
 */
const [ROLE, ...WORDS] = ['serve', 'measure'].includes(process.argv[2] ?? '')
  ? process.argv.slice(2)
  : ['start', ...process.argv.slice(2)]
const ORIGINS = Number(WORDS[0] ?? 1_000)
const SECONDS = Number(WORDS[1] ?? 30)
/** As the launcher starts the collector: small rather than fast. */
const NODE_FLAGS = ['--optimize-for-size', '--no-maglev']
const EVERY_MS = 5_000
const WARM_UP_MS = 6_000
const TARGETS = { coreShare: 0.25, latenessP99Ms: 20, rssMiB: 150 }

const DOCUMENT = {
  status: 'healthy',
  uptime_seconds: 4_210,
  users: { active_count: 27, max_allowed: 100 },
  threads: { total_active: 31, memory_usage_mb: 420.5 },
  system: { cpu_percent: 45.2, memory_percent: 72.1, memory_mb: 1_476, memory_limit_mb: 2_048 },
  database: { pool: { size: 30, checked_out: 12, max_overflow: 20, waiting: 0 } },
  requests: { in_flight: 7, requests_total: 0, responses: { 200: 5_000, 503: 2 } },
  latency: { p50_ms: 120, p95_ms: 900 },
  recommendations: [],
}

if (ROLE === 'serve') await answer()
else if (ROLE === 'measure') await measure()
else
  fork(fileURLToPath(import.meta.url), ['measure', ...WORDS], { execArgv: NODE_FLAGS }).on(
    'exit',
    (code) => (process.exitCode = code ?? 1),
  )

function answer(): Promise<void> {
  let total = 0
  const server = createServer({ keepAliveTimeout: 60_000 }, (_req, res) => {
    const body = JSON.stringify({ ...DOCUMENT, requests: { ...DOCUMENT.requests, requests_total: total++ } })
    res.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body)
  })
  return new Promise((resolve) => {
    server.listen(0, '0.0.0.0', () => {
      const address = server.address()
      process.send?.(typeof address === 'object' ? address?.port : undefined)
    })
    process.on('disconnect', () => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  })
}

async function measure(): Promise<void> {
  const child = fork(fileURLToPath(import.meta.url), ['serve'], { execArgv: [] })
  const port = await new Promise<number>((resolve) => child.once('message', (message) => resolve(Number(message))))
  const lateness: number[] = []
  let readings = 0
  let points = 0
  let failed = 0
  let counting = false
  const scraper = createScraper({
    clock: systemClock,
    log: silentLogger,
    onReading: ({ reading, points: kept }) => {
      if (!counting) return
      readings++
      points += kept.length
      if (reading.error !== undefined) failed++
    },
  })
  await scraper.replace(
    Array.from({ length: ORIGINS }, (_, index) => targetAt(index, port, (ms) => void (counting && lateness.push(ms)))),
  )
  await new Promise((resolve) => setTimeout(resolve, WARM_UP_MS))
  counting = true
  const [cpu, began] = [process.cpuUsage(), performance.now()]
  await new Promise((resolve) => setTimeout(resolve, SECONDS * 1_000))
  const used = process.cpuUsage(cpu)
  const core = (used.user + used.system) / 1_000 / (performance.now() - began)
  const rssMiB = process.memoryUsage().rss / 2 ** 20
  const { skipped } = scraper.stats()
  await scraper[Symbol.asyncDispose]()
  child.disconnect()

  lateness.sort((a, b) => a - b)
  const at = (share: number): number =>
    lateness[Math.min(lateness.length - 1, Math.floor(share * lateness.length))] ?? NaN
  console.log(
    `${ORIGINS} origins every ${EVERY_MS / 1_000} s for ${SECONDS} s: ${readings} readings, ${points} points, ${failed} failed, ${skipped.late} late, ${skipped.overlap} overlapping`,
  )
  console.log(`per reading ${((1e6 * core * SECONDS) / Math.max(1, readings)).toFixed(0)} µs of CPU`)
  const results = [
    report('CPU, share of a core', core, TARGETS.coreShare, 3),
    report('start lateness p99, ms', at(0.99), TARGETS.latenessP99Ms, 1),
    report('RSS, MiB', rssMiB, TARGETS.rssMiB, 0),
  ]
  console.log(`start lateness p50 ${at(0.5).toFixed(1)} ms, max ${at(1).toFixed(1)} ms`)
  process.exitCode = results.every(Boolean) && failed === 0 ? 0 : 1
}

function targetAt(index: number, port: number, started: (lateMs: number) => void): ScrapeTarget {
  const id = `system-${index}`
  const module = SOURCES['http-json']
  const common = { id: 'http-json', everyMs: EVERY_MS, timeoutMs: EVERY_MS, maxSeries: 200, labels: {} }
  const own = module.schema.parse({ url: `http://127.0.${1 + (index >> 8)}.${index & 255}:${port}/health` })
  const offset = slotOffset(`${id}/http-json`, EVERY_MS)
  return {
    ...common,
    key: id,
    system: id,
    source: 'http-json',
    type: 'http-json',
    lagMs: 0,
    open: () => {
      const source = module.open({ ...own, ...common }, { clock: systemClock, log: silentLogger })
      return {
        poll: (signal) => {
          started((Date.now() - offset) % EVERY_MS)
          return source.poll(signal)
        },
        [Symbol.asyncDispose]: () => source[Symbol.asyncDispose](),
      }
    },
  }
}
