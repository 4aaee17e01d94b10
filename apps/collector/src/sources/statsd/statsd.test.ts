import { createSocket } from 'node:dgram'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Reading } from '@headroom/shared/model/reading.ts'
import { FakeClock } from '../../lib/fake-clock.ts'
import { silentLogger } from '../../telemetry/logger.ts'
import { until } from '../testing/until.ts'
import { valuesOf } from '../testing/values.ts'
import { MAX_PER_SECOND, openStatsd, type StatsdSource } from './open-statsd.ts'
import { readDatagram } from './read-datagram.ts'
import { StatsdOptions } from './schema.ts'
import { StatsdTable } from './statsd-table.ts'

const EVERY_MS = 5_000
const NEVER = new AbortController().signal
const OPEN = { push: () => true, hasRoom: () => true }

function open(clock: FakeClock, own: Record<string, unknown> = {}, maxSeries = 50): StatsdSource {
  const options = {
    ...StatsdOptions.parse(own),
    id: 'statsd',
    everyMs: EVERY_MS,
    timeoutMs: 1_000,
    maxSeries,
    labels: {},
  }
  // The schema refuses port 0, by which the system chooses one.
  return openStatsd({ ...options, port: own['port'] === undefined ? 0 : options.port }, { clock, log: silentLogger })
}

describe('StatsD over UDP', () => {
  const clock = new FakeClock()
  const sender = createSocket('udp4')
  let source: StatsdSource
  let sent = 0
  const send = (datagram: string, port: number): Promise<unknown> =>
    new Promise((resolve) => {
      sender.send(datagram, port, '127.0.0.1', resolve)
    })
  beforeEach(() => {
    source = open(clock)
  })
  afterEach(() => source[Symbol.asyncDispose]())

  const listening = async (): Promise<number> => {
    source.listen(OPEN)
    return until(
      () => source.port ?? 0,
      (port) => port > 0,
    )
  }
  const poll = async (): Promise<Reading> => {
    await clock.advance(EVERY_MS)
    return source.poll(NEVER)
  }
  /** Sends datagrams and gives what the source says once a last one, a gauge that only says so, has come through. */
  const after = async (port: number, ...datagrams: string[]): Promise<Record<string, number>> => {
    const all: Record<string, number> = {}
    const mark = ++sent
    for (const datagram of [...datagrams, `mark:${mark}|g`]) await send(datagram, port)
    await until(
      async () => {
        const values = valuesOf(await source.poll(NEVER))
        for (const [key, value] of Object.entries(values)) if (all[key] === undefined || value !== 0) all[key] = value
        return values['mark']
      },
      (value) => value === mark,
    )
    delete all['mark']
    return all
  }

  it('takes what gunicorn sends', async () => {
    const port = await listening()
    await source.poll(NEVER)
    await clock.advance(EVERY_MS)
    const values = await after(
      port,
      'gunicorn.workers:4|g',
      ...Array<string>(9).fill('gunicorn.request.duration:100.0|ms'),
      'gunicorn.request.duration:2000|ms',
      ...Array<string>(10).fill('gunicorn.requests:1|c|@1.0'),
      ...Array<string>(8).fill('gunicorn.request.status.200:1|c|@1.0'),
      'gunicorn.request.status.503:1|c|@1.0',
      'gunicorn.request.status.429:1|c|@1.0',
      'gunicorn.log.error:1|c|@1.0',
    )
    expect(values).toMatchObject({ 'workers.total': 4, 'errors.percent': 10 })
    expect(values['latency.p50_seconds']).toBeCloseTo(0.1, 2)
    expect(values['latency.p95_seconds']).toBeCloseTo(2, 1)
    expect(Object.keys(values)).toEqual(
      expect.arrayContaining([
        'requests.per_minute',
        'responses.per_minute{status="200"}',
        'responses.per_minute{status="503"}',
        'responses.per_minute{status="429"}',
        'gunicorn.log.per_minute{state="error"}',
      ]),
    )
  })

  it('knows nothing before anything has come, and says how to send', async () => {
    await listening()
    const reading = await poll()
    expect([reading.up, reading.points, reading.error?.code]).toEqual([null, [], 'silent'])
    expect(reading.error?.message).toContain('--statsd-host=127.0.0.1:')
  })

  it('counts what it cannot read, and says so where there is nothing else', async () => {
    const port = await listening()
    for (const datagram of ['hello', 'a:b|c', ':1|c', 'a:1|x', 'a:1', 'a:1|c|@0', 'a:1e999|g', '\0\xff'])
      await send(datagram, port)
    const reading = await until(poll, ({ error }) => error?.code === 'not_statsd')
    expect(reading.error?.message).toContain('8 lines')
    const values = await after(port, 'broken')
    expect(values['statsd.malformed_per_minute']).toBeGreaterThan(0)
  })

  it('reads so many a second and no more, and says it', async () => {
    const port = await listening()
    await after(port, 'a:1|c')
    // The clock stands still, so all of these are of one second.
    const reading = await until(
      async () => {
        for (let batch = 0; batch < 500; batch++) sender.send('a:1|c', port, '127.0.0.1')
        await send('a:1|c', port)
        return source.poll(NEVER)
      },
      ({ error }) => error?.code === 'too_fast',
    )
    expect(reading.error?.message).toContain(String(MAX_PER_SECOND))
  })

  it('says that its port is taken, and listens once it is free', async () => {
    const port = await listening()
    const second = open(clock, { port })
    second.listen(OPEN)
    await until(
      () => second.poll(NEVER),
      ({ error }) => error?.code === 'port_in_use',
    )
    await source[Symbol.asyncDispose]()
    await until(
      () => clock.advance(5_000).then(() => second.port ?? 0),
      (found) => found === port,
    )
    await second[Symbol.asyncDispose]()
  })

  it('check says how to send, and opens no port', async () => {
    const reading = await source.poll(NEVER)
    expect([reading.up, source.port]).toEqual([1, undefined])
    expect(reading.texts[0]?.lines[0]).toContain('--statsd-host')
    expect(reading.mapped.map(({ metric }) => metric)).toContain('workers.total')
  })
})

describe('what was sent', () => {
  const table = (prefix = '', maxSeries = 50): StatsdTable => new StatsdTable(maxSeries, prefix)
  const say = (to: StatsdTable, ...lines: string[]): boolean[] =>
    readDatagram(lines.join('\n')).metrics.map((one) => to.take(one))
  const values = (of: StatsdTable, now = 0, elapsed = 60_000): Record<string, number> =>
    valuesOf({ points: of.points(now, elapsed).points })

  it('holds for gauges until the next word, and is 0 for counters when none comes', () => {
    const statsd = table()
    say(statsd, 'gunicorn.workers:4|g', 'gunicorn.requests:30|c')
    expect(values(statsd)).toEqual({ 'workers.total': 4, 'requests.per_minute': 30 })
    expect(values(statsd, 60_000)).toEqual({ 'workers.total': 4, 'requests.per_minute': 0 })
    expect(values(statsd, 86_400_000)).toEqual({ 'workers.total': 4, 'requests.per_minute': 0 })
  })

  it('is a rate per minute, whatever the interval, and stands for as many as were sampled', () => {
    const statsd = table()
    say(statsd, 'gunicorn.requests:1|c|@0.1', 'gunicorn.requests:2|c')
    expect(values(statsd, 0, 5_000)['requests.per_minute']).toBe(144)
  })

  it('is of the last minute for shares and times, and then not known', () => {
    const statsd = table()
    say(statsd, 'gunicorn.request.status.500:1|c', 'gunicorn.request.status.200:3|c', 'gunicorn.request.duration:50|ms')
    expect(values(statsd, 0)).toMatchObject({ 'errors.percent': 25 })
    expect(values(statsd, 59_000)).toMatchObject({
      'errors.percent': 25,
      'latency.p50_seconds': expect.closeTo(0.05, 2),
    })
    expect(Object.keys(values(statsd, 61_000)).toSorted()).toEqual([
      'responses.per_minute{status="200"}',
      'responses.per_minute{status="500"}',
    ])
  })

  it('has tags of which the usual labels are kept', () => {
    const statsd = table()
    say(statsd, 'gunicorn.requests:1|c|@1.0|#service:web,user:ada,env:prod', 'gunicorn.requests:2|c|#service:api')
    expect(values(statsd)).toEqual({
      'requests.per_minute{service="web"}': 1,
      'requests.per_minute{service="api"}': 2,
    })
  })

  it('begins with a prefix, and what does not is somebody else', () => {
    const statsd = table('captions')
    expect(
      say(statsd, 'captions.gunicorn.requests:1|c', 'gunicorn.requests:1|c', 'captionsgunicorn.requests:1|c'),
    ).toEqual([true, false, false])
    expect(values(statsd)).toEqual({ 'requests.per_minute': 1 })
  })

  it('of gunicorn is known behind a prefix that nobody told of: it says whose it is', () => {
    const statsd = table()
    say(statsd, 'captions.gunicorn.requests:3|c', 'web.shop.gunicorn.workers:4|g', 'gunicorn.requests:1|c')
    expect(values(statsd)).toEqual({
      'requests.per_minute{service="captions"}': 3,
      'workers.total{service="web.shop"}': 4,
      'requests.per_minute': 1,
    })
  })

  it('may be several values of a name, as the clients of Datadog send them', () => {
    const statsd = table()
    say(statsd, 'hits:1:2:3|c|@0.5|#queue:mail', 'took:100:200:300|ms|@1|T1656581400|c:abc', 'people:a:b|s')
    const found = values(statsd)
    expect(found['hits_per_minute{queue="mail"}']).toBe(12)
    expect(found['took.p50_seconds']).toBeCloseTo(0.2, 1)
    expect(readDatagram('hits:1:x|c\nhits:|c\nhits|c\n:1|c')).toEqual({ metrics: [], broken: 4 })
  })

  it('may have names with spaces and of any language, and tags in the name', () => {
    const statsd = table()
    say(statsd, 'page views:2|c', 'gr\u00f6\u00dfe:5|g', 'jobs,queue=mail,env=prod:3|c')
    expect(values(statsd)).toEqual({ page_views_per_minute: 2, gr_e: 5, 'jobs_per_minute{queue="mail"}': 3 })
  })

  it('has a 95th percentile that is no smaller than its median, however few there were', () => {
    const statsd = table()
    for (let second = 0; second < 60; second += 5) {
      say(statsd, 'took:100|ms')
      const found = values(statsd, second * 1_000, 5_000)
      expect(found['took.p95_seconds']).toBeGreaterThanOrEqual(found['took.p50_seconds'] ?? NaN)
    }
  })

  it('of any other program is kept under its own name', () => {
    const statsd = table()
    say(
      statsd,
      'shop.orders:3|c',
      'shop.carts:7|g',
      'shop.carts:-2|g',
      'shop.carts:+1|g',
      'shop.checkout:250|ms',
      'shop.size_bytes:2048|h',
      'shop.people:ada|s',
    )
    const found = values(statsd)
    expect(found).toMatchObject({ 'shop.orders.per_minute': 3, 'shop.carts': 6 })
    expect(found['shop.checkout.p50_seconds']).toBeCloseTo(0.25, 1)
    expect(Object.keys(found).filter((key) => key.includes('people'))).toEqual([])
  })

  it('of too many names is bounded, and counted', () => {
    const statsd = table('', 3)
    say(statsd, ...Array.from({ length: 100 }, (_, index) => `a${index}:1|g`))
    expect([Object.keys(values(statsd)).length, statsd.leftOut]).toEqual([3, 30])
  })

  it('may be an event of DogStatsD, which is no metric and no mistake', () => {
    expect(readDatagram('_e{5,4}:title|text\n_sc|name|0\n\n')).toEqual({ metrics: [], broken: 0 })
  })
})
