import { fork } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { startApp } from '@headroom/collector/app.ts'
import { PbfWriter } from 'pbf'

/**
 * What receiving OTLP costs: the whole collector, from HTTP to disk, given 20,000 points a second by ten systems of
 * 2,000 series each. The sender is another process, whose cost is not counted.
 * Usage: node bench/otlp.ts [protobuf|json] [seconds]
 */
const [ROLE, ...WORDS] = process.argv[2] === 'receive' ? process.argv.slice(2) : ['send', ...process.argv.slice(2)]
const ENCODING = WORDS[0] === 'json' ? 'json' : 'protobuf'
const SECONDS = Number(WORDS[1] ?? 30)
/** As the launcher starts the collector: small rather than fast. */
const NODE_FLAGS = ['--optimize-for-size', '--no-maglev']
const SYSTEMS = 10
const SERIES = 2_000
const TOKEN = 'token-of-the-bench'
const WARM_UP_S = 5
/** A sender that is kept waiting by so many waits. */
const MAX_UNDER_WAY = 4
/** Series of a family; they differ by an attribute that becomes a label. */
const FAMILY = 20
const START = (Date.now() - 3_600_000) * 1e6
const TARGETS = { pointsPerSecond: 20_000, coreShare: 1 }

if (ROLE === 'receive') await receive()
else await send()

/** The collector; says its address, and when asked what it has used. */
async function receive(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'headroom-bench-'))
  const config = join(folder, 'headroom.yaml')
  const systems = Array.from(
    { length: SYSTEMS },
    (_, index) =>
      `  - { id: s${index}, sources: [{ type: otlp, token: ${TOKEN}, every: 1s, match: { service.name: s${index} } }] }\n`,
  )
  await writeFile(config, `systems:\n${systems.join('')}`)
  const app = await startApp({
    config,
    demo: false,
    host: '127.0.0.1',
    port: 0,
    data: join(folder, 'data'),
    lookup: () => undefined,
    write: () => undefined,
  })
  process.send?.(app.url)
  process.on('message', () => process.send?.({ ...process.cpuUsage(), rssMiB: process.memoryUsage().rss / 2 ** 20 }))
  process.on('disconnect', () => {
    void app[Symbol.asyncDispose]().then(() => rm(folder, { recursive: true, force: true }))
  })
}

async function send(): Promise<void> {
  const child = fork(fileURLToPath(import.meta.url), ['receive'], { execArgv: NODE_FLAGS })
  const next = (): Promise<unknown> => new Promise((resolve) => child.once('message', resolve))
  const url = `${String(await next())}/v1/metrics`
  const usage = async (): Promise<{ user: number; system: number; rssMiB: number }> => {
    const answer = next()
    child.send('usage')
    return (await answer) as { user: number; system: number; rssMiB: number }
  }
  const tookMs: number[] = []
  let [accepted, refused, skipped, counting] = [0, 0, 0, false]
  let underWay = 0

  async function post(system: number, round: number): Promise<void> {
    const body = gzipSync(encode(system, round), { level: 1 })
    const began = performance.now()
    underWay++
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': ENCODING === 'json' ? 'application/json' : 'application/x-protobuf',
        'content-encoding': 'gzip',
        authorization: `Bearer ${TOKEN}`,
      },
      body,
    })
    const text = Buffer.from(await response.arrayBuffer())
    underWay--
    if (!counting) return
    tookMs.push(performance.now() - began)
    // Anything in the answer but an empty message would say that some were not taken.
    const whole = ENCODING === 'json' ? text.toString() === '{}' : text.length === 0
    if (response.status === 200 && whole) accepted += SERIES
    else refused += SERIES
  }

  const everyMs = 1_000 / SYSTEMS
  const start = performance.now()
  let [from, began] = [await usage(), start]
  const under: Promise<void>[] = []
  for (let turn = 0; turn < (WARM_UP_S + SECONDS) * SYSTEMS; turn++) {
    const due = start + turn * everyMs
    if (due > performance.now()) await sleep(due - performance.now())
    if (!counting && turn >= WARM_UP_S * SYSTEMS) {
      counting = true
      from = await usage()
      began = performance.now()
    }
    if (underWay < MAX_UNDER_WAY) under.push(post(turn % SYSTEMS, Math.floor(turn / SYSTEMS)))
    else if (counting) skipped++
  }
  await Promise.all(under)
  const to = await usage()
  const elapsedMs = performance.now() - began
  child.disconnect()

  const cpuSeconds = (to.user - from.user + to.system - from.system) / 1e6
  const perSecond = (1_000 * accepted) / elapsedMs
  // Where the machine is too busy for the whole rate, what a point costs still says what the rate would.
  const core = (cpuSeconds / accepted) * TARGETS.pointsPerSecond
  tookMs.sort((a, b) => a - b)
  const at = (share: number): string => (tookMs[Math.floor(share * (tookMs.length - 1))] ?? NaN).toFixed(0)
  console.log(
    `${ENCODING}, gzip, ${SYSTEMS} systems x ${SERIES} series every second for ${SECONDS} s: ${accepted} points accepted, ${refused} refused, ${skipped * SERIES} not sent because the sender was kept waiting`,
  )
  console.log(`answered in p50 ${at(0.5)} ms, p99 ${at(0.99)} ms; RSS ${to.rssMiB.toFixed(0)} MiB`)
  console.log(`accepted: ${perSecond.toFixed(0)} points/s (target ${TARGETS.pointsPerSecond})`)
  console.log(
    `CPU: ${((1e6 * cpuSeconds) / accepted).toFixed(1)} µs a point from HTTP to disk: ${TARGETS.pointsPerSecond} points/s are ${core.toFixed(2)} of a core (target ${TARGETS.coreShare})`,
  )
  process.exitCode = refused === 0 && perSecond >= 0.98 * TARGETS.pointsPerSecond && core <= TARGETS.coreShare ? 0 : 1
}

/** One push of a system: counters and gauges in equal parts, with an attribute each. */
function encode(system: number, round: number): Uint8Array {
  const nanos = Date.now() * 1e6
  return ENCODING === 'json' ? encodeJson(system, round, nanos) : encodeProtobuf(system, round, nanos)
}

function encodeJson(system: number, round: number, nanos: number): Uint8Array {
  const text = (key: string, value: string): object => ({ key, value: { stringValue: value } })
  const metrics = Array.from({ length: SERIES / FAMILY }, (_, family) => {
    const dataPoints = Array.from({ length: FAMILY }, (__, index) => ({
      startTimeUnixNano: String(START),
      timeUnixNano: String(nanos),
      attributes: [text('worker', `w${index}`)],
      asInt: String(round * (index + 1)),
    }))
    const name = `bench.thing_${family}`
    return family % 2 === 0
      ? { name, gauge: { dataPoints } }
      : { name, sum: { dataPoints, aggregationTemporality: 2, isMonotonic: true } }
  })
  const resource = { attributes: [text('service.name', `s${system}`)] }
  return Buffer.from(JSON.stringify({ resourceMetrics: [{ resource, scopeMetrics: [{ metrics }] }] }))
}

type Write = (value: undefined, writer: PbfWriter) => void

function encodeProtobuf(system: number, round: number, nanos: number): Uint8Array {
  const message = (writer: PbfWriter, field: number, write: (inner: PbfWriter) => void): void => {
    const whole: Write = (_, inner) => write(inner)
    writer.writeMessage(field, whole, undefined)
  }
  const attribute = (writer: PbfWriter, field: number, key: string, value: string): void =>
    message(writer, field, (pair) => {
      pair.writeStringField(1, key)
      message(pair, 2, (any) => any.writeStringField(1, value))
    })
  const writer = new PbfWriter()
  message(writer, 1, (resource) => {
    message(resource, 1, (inner) => attribute(inner, 1, 'service.name', `s${system}`))
    message(resource, 2, (scope) => {
      for (let family = 0; family < SERIES / FAMILY; family++)
        message(scope, 2, (metric) => {
          metric.writeStringField(1, `bench.thing_${family}`)
          message(metric, family % 2 === 0 ? 5 : 7, (data) => {
            for (let index = 0; index < FAMILY; index++)
              message(data, 1, (point) => {
                point.writeFixed64Field(2, START)
                point.writeFixed64Field(3, nanos)
                point.writeSFixed64Field(6, round * (index + 1))
                attribute(point, 7, 'worker', `w${index}`)
              })
            if (family % 2 === 1) {
              data.writeVarintField(2, 2)
              data.writeBooleanField(3, true)
            }
          })
        })
    })
  })
  return writer.finish()
}
