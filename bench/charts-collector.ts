import { fork } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startApp } from '@headroom/collector/app.ts'
import { type Clock, systemClock } from '@headroom/collector/lib/clock.ts'
import { openSqliteStore } from '@headroom/collector/store/sqlite/open-store.ts'

/** Twelve metrics that the System screen draws, a series each: what the endpoint calls them, and what they become. */
export const METRICS = {
  sessions: 'sessions.active',
  memory: 'memory.used_percent',
  cpu: 'cpu.used_percent',
  load: 'load.1m',
  pool: 'db.pool.in_use',
  waiting: 'db.pool.waiting',
  clients: 'redis.clients',
  inFlight: 'requests.in_flight',
  queue: 'queue.length',
  busy: 'workers.busy',
  p95: 'latency.p95_seconds',
  errors: 'errors.percent',
} as const

const NAMES = Object.keys(METRICS)
const SLICE_MS = 60_000
/** A line for every chart, which no value reaches: a flag that fires changes the page for a good reason. */
const LINES = Object.entries(METRICS).map(([name, metric]) => ({
  id: `${name.toLowerCase()}-high`,
  metric,
  above: 90,
  severity: 'warning',
}))

/** How long a history it begins with, and how many times faster than the wall its time goes. */
export type Rig = { hours: number; speed: number }
export type Collector = AsyncDisposable & { url: string }

if (import.meta.main) await collect(JSON.parse(process.argv[2] ?? '{}') as Rig & { folder: string })

/** A collector in a process of its own, which watches an endpoint of twelve values once a second of its time. */
export async function startCollector(rig: Rig): Promise<Collector> {
  const folder = await mkdtemp(join(tmpdir(), 'headroom-charts-'))
  const child = fork(fileURLToPath(import.meta.url), [JSON.stringify({ ...rig, folder })])
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (address: string) => resolve(address))
    child.once('exit', (code) => reject(new Error(`the collector ended with ${code}`)))
  })
  return {
    url,
    async [Symbol.asyncDispose]() {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.disconnect()
      await gone
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** In the collector's process: says its address, and ends with its parent. */
async function collect({ folder, hours, speed }: Rig & { folder: string }): Promise<void> {
  const began = Date.now()
  const clock: Clock = {
    ...systemClock,
    now: () => began + (Date.now() - began) * speed,
    monotonic: () => performance.now() * speed,
    after: (ms, fn) => systemClock.after(ms / speed, fn),
  }
  const data = join(folder, 'data')
  if (hours > 0) await fill(data, clock, began - hours * 3_600_000, began)
  const endpoint = createServer((_request, response) => {
    const now = Math.round(clock.now())
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(
        JSON.stringify({ status: 'ok', ...Object.fromEntries(NAMES.map((name, index) => [name, value(index, now)])) }),
      )
  })
  await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve))
  const address = endpoint.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const config = join(folder, 'headroom.yaml')
  await writeFile(
    config,
    `systems: [{ id: app, flags: ${JSON.stringify(LINES)}, sources: [{ type: http-json, url: "http://127.0.0.1:${port}/health", every: 1s, map: ${JSON.stringify(METRICS)} }] }]\n`,
  )
  await using app = await startApp({
    config,
    demo: false,
    host: '127.0.0.1',
    port: 0,
    data,
    clock,
    lookup: () => undefined,
    write: () => undefined,
  })
  process.send?.(app.url)
  await new Promise((resolve) => process.once('disconnect', resolve))
  endpoint.closeAllConnections()
  endpoint.close()
}

/** A value that wanders as measured ones do: a slow wave, a faster one, and noise that is the same each time. */
function value(index: number, at: number): number {
  const s = at / 1000
  const noise = ((Math.imul(Math.floor(s), 2_654_435_761 + index) >>> 0) / 2 ** 32) * 6
  return Math.round((40 + 25 * Math.sin(s / (900 + 70 * index)) + 6 * Math.sin(s / 37 + index) + noise) * 1000) / 1000
}

async function fill(folder: string, clock: Clock, from: number, to: number): Promise<void> {
  await using store = await openSqliteStore({ folder, clock })
  const series = await store.register(
    Object.values(METRICS).map((metric) => ({ system: 'app', source: 'http-json', metric, labels: {}, unit: 'count' })),
  )
  let seq = await store.lastSeq()
  for (let slice = from; slice < to; slice += SLICE_MS) {
    const samples = series.flatMap((id, index) =>
      Array.from({ length: SLICE_MS / 1000 }, (_, second) => {
        const at = slice + second * 1000
        return { series: id, at, value: value(index, at) }
      }),
    )
    const result = await store.commit({ seq: ++seq, at: slice + SLICE_MS, samples, events: [] })
    if (!result.ok) throw new Error(result.failure.message)
  }
}
