import { type ChildProcess, fork } from 'node:child_process'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { systemClock } from '@headroom/collector/lib/clock.ts'
import { SOURCES } from '@headroom/collector/sources/index.ts'
import { silentLogger } from '@headroom/collector/telemetry/logger.ts'

/**
 * What StatsD costs: a gunicorn that tells of every request in the three datagrams that gunicorn sends, from
 * another process, at a source that is asked at its default interval; against a bare UDP socket that only counts the same
 * datagrams. CPU time, so that neighbours do not count.
 * 20 requests a second of 200 ms keep the four workers of the documented gunicorn all busy.
 * Usage: node bench/statsd.ts [requests a second] [seconds]
 */
const ROLES = ['send', 'count', 'watch'] as const
const ROLE = ROLES.find((role) => role === process.argv[2]) ?? 'run'
const WORDS = process.argv.slice(ROLE === 'run' ? 2 : 3)
const [REQUESTS, SECONDS, PORT] = [Number(WORDS[0] ?? 20), Number(WORDS[1] ?? 60), Number(WORDS[2] ?? 0)]
const WARM_S = 5
const DATAGRAMS_A_REQUEST = 3
const TICK_MS = 20
/** As the launcher starts the collector: small rather than fast. */
const NODE_FLAGS = ['--optimize-for-size', '--no-maglev', '--semi-space-growth-factor=1', '--expose-gc']
const TARGETS = { corePercent: 1, megabytes: 5 }

type Cost = { cpuMs: number; datagrams: number; megabytes: number }

if (ROLE === 'send') await send()
else if (ROLE === 'count') await count()
else if (ROLE === 'watch') await watch()
else await run()

async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'headroom-statsd-'))
  // As `npm start` does it: Node has seen the sources before, for taking the types out of them leaves memory behind.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') }
  try {
    await measured('watch', 1, env)
    const bare = await measured('count', SECONDS, env)
    const ours = await measured('watch', SECONDS, env)
    const each = (cost: Cost): number => (1_000 * cost.cpuMs) / cost.datagrams
    const percent = ours.cpuMs / (10 * SECONDS)
    console.log(
      `${REQUESTS} requests a second, ${(ours.datagrams / SECONDS).toFixed(0)} datagrams a second, for ${SECONDS} s`,
    )
    console.log(`CPU a datagram: ${each(ours).toFixed(1)} µs; a socket that only counts: ${each(bare).toFixed(1)} µs`)
    console.log(`ours against a socket that only counts: ${(each(ours) / each(bare)).toFixed(2)} x`)
    console.log(
      `share of a core: ${percent.toFixed(2)} % (target ${TARGETS.corePercent} %), ${(bare.cpuMs / (10 * SECONDS)).toFixed(2)} % of it the socket`,
    )
    console.log(`memory of the source: ${ours.megabytes.toFixed(1)} MB (target ${TARGETS.megabytes} MB)`)
    const whole = ours.datagrams >= 0.95 * SECONDS * REQUESTS * DATAGRAMS_A_REQUEST
    if (!whole) console.log('not all that was sent came through: the machine is too busy for this figure')
    process.exitCode = whole && percent <= TARGETS.corePercent && ours.megabytes <= TARGETS.megabytes ? 0 : 1
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** One receiver and one sender, until the receiver tells what it cost. */
async function measured(role: 'count' | 'watch', seconds: number, env: NodeJS.ProcessEnv): Promise<Cost> {
  const receiver = child([role, String(REQUESTS), String(seconds)], env)
  const [port] = (await once(receiver, 'message')) as [number]
  const sender = child(['send', String(REQUESTS), String(seconds), String(port)], env)
  const [cost] = (await once(receiver, 'message')) as [Cost]
  sender.disconnect()
  receiver.disconnect()
  return cost
}

function child(words: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  return fork(fileURLToPath(import.meta.url), [...words], { execArgv: NODE_FLAGS, env })
}

/** A fleet of workers, in the words of gunicorn. */
async function send(): Promise<void> {
  const socket = createSocket('udp4')
  let running = true
  process.once('disconnect', () => {
    running = false
  })
  const began = performance.now()
  const say = (text: string): void => socket.send(text, PORT, '127.0.0.1')
  for (let number = 0; running; await sleep(TICK_MS)) {
    for (const due = ((performance.now() - began) / 1_000) * REQUESTS; number < due; number++) {
      const status = number % 97 === 0 ? 503 : number % 13 === 0 ? 404 : 200
      if (number % 1_000 === 0) say('captions.gunicorn.workers:9|g')
      say(`captions.gunicorn.request.duration:${(20 + ((number * 37) % 400)).toFixed(3)}|ms`)
      say('captions.gunicorn.requests:1|c|@1.0')
      say(`captions.gunicorn.request.status.${status}:1|c|@1.0`)
    }
  }
  socket.close()
}

/** A socket that only counts: what any receiver of so many datagrams costs at the least. */
async function count(): Promise<void> {
  const { socket, port } = await bareSocket()
  let datagrams = 0
  socket.on('message', () => datagrams++)
  process.send?.(port)
  await sleep(WARM_S * 1_000)
  const [before, began] = [datagrams, process.cpuUsage()]
  await sleep(SECONDS * 1_000)
  process.send?.({ cpuMs: cpuMs(began), datagrams: datagrams - before, megabytes: 0 } satisfies Cost)
  socket.close()
}

async function watch(): Promise<void> {
  // What any process pays that reads from a UDP socket is not the source's.
  const { socket, port } = await bareSocket()
  socket.on('message', () => undefined)
  for (let index = 0; index < 1_000; index++) socket.send('x', port, '127.0.0.1')
  await sleep(200)
  socket.close()
  await sleep(50)
  globalThis.gc?.()
  const rss = process.memoryUsage().rss
  const { everyMs } = SOURCES.statsd.defaults
  const common = { id: 'statsd', everyMs, timeoutMs: 1_000, maxSeries: 200, labels: {} }
  const options = { ...SOURCES.statsd.schema.parse({ port, prefix: 'captions' }), ...common }
  await using source = SOURCES.statsd.open(options, { clock: systemClock, log: silentLogger })
  const signal = new AbortController().signal
  source.listen({ push: () => true, hasRoom: () => true })
  process.send?.(port)
  await sleep(WARM_S * 1_000)
  await source.poll?.(signal)
  const began = process.cpuUsage()
  let requests = 0
  for (let at = 0; at < SECONDS * 1_000; at += everyMs) {
    const interval = Math.min(everyMs, SECONDS * 1_000 - at)
    await sleep(interval)
    const reading = await source.poll?.(signal)
    const perMinute = reading?.points.find(({ metric }) => metric === 'requests.per_minute')?.value ?? 0
    requests += (perMinute * interval) / 60_000
  }
  const used = cpuMs(began)
  globalThis.gc?.()
  const megabytes = (process.memoryUsage().rss - rss) / 1e6
  process.send?.({ cpuMs: used, datagrams: requests * DATAGRAMS_A_REQUEST, megabytes } satisfies Cost)
}

async function bareSocket(): Promise<{ socket: Socket; port: number }> {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return { socket, port: socket.address().port }
}

function cpuMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1_000
}
