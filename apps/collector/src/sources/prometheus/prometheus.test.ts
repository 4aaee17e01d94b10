import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Point, Reading } from '@headroom/shared/model/reading.ts'
import { describe, expect, it } from 'vitest'
import { FakeClock } from '../../lib/fake-clock.ts'
import { silentLogger } from '../../telemetry/logger.ts'
import { serve } from '../testing/serve.ts'
import type { PollSource } from '../types.ts'
import { prometheus } from './prometheus.ts'

const EVERY_MS = 15_000
const TEXT = 'text/plain; version=0.0.4; charset=utf-8'
const fixture = (name: string): string => readFileSync(new URL(`fixtures/${name}.txt`, import.meta.url), 'utf8')

type Behaviour = (request: IncomingMessage, response: ServerResponse) => void

const text =
  (body: string, type = TEXT): Behaviour =>
  (_, response) =>
    response.writeHead(200, { 'content-type': type }).end(body)

/** An exporter that can be changed, and a source that asks it; the clock stands still but for `next`. */
class Watched implements AsyncDisposable {
  readonly clock = new FakeClock()
  readonly asked: IncomingMessage[] = []
  behaviour: Behaviour
  readonly #source: PollSource
  readonly #close: () => Promise<unknown>

  private constructor(
    behaviour: Behaviour,
    source: (url: string, clock: FakeClock) => PollSource,
    url: string,
    close: () => Promise<unknown>,
  ) {
    this.behaviour = behaviour
    this.#source = source(url, this.clock)
    this.#close = close
  }

  static async open(behaviour: Behaviour, own: Record<string, unknown> = {}, maxSeries = 2_000): Promise<Watched> {
    const holder: { watched?: Watched } = {}
    const server = await serve((request, response) => {
      holder.watched?.asked.push(request)
      holder.watched?.behaviour(request, response)
    })
    const create = (url: string, clock: FakeClock): PollSource =>
      prometheus.open(
        {
          ...prometheus.schema.parse({ url: `${url}/metrics`, ...own }),
          id: 'prometheus',
          everyMs: EVERY_MS,
          timeoutMs: 60_000,
          maxSeries,
          labels: {},
        },
        { clock, log: silentLogger },
      )
    return (holder.watched = new Watched(behaviour, create, server.url, async () => server[Symbol.asyncDispose]()))
  }

  ask(): Promise<Reading> {
    return this.#source.poll(new AbortController().signal)
  }

  /** Asks again an interval later, what is answered then being this. */
  async next(body: string, afterMs = EVERY_MS): Promise<Reading> {
    this.behaviour = text(body)
    await this.clock.advance(afterMs)
    return this.ask()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#source[Symbol.asyncDispose]()
    await this.#close()
  }
}

/** The reading of one answer. */
async function reading(body: string, own: Record<string, unknown> = {}, maxSeries?: number): Promise<Reading> {
  await using watched = await Watched.open(text(body), own, maxSeries)
  return await watched.ask()
}

const shown = ({ metric, labels, value, kind, rate }: Point): string =>
  `${rate ?? metric}${Object.entries(labels)
    .map(([name, label]) => ` ${name}=${label}`)
    .join('')}${kind === 'counter' ? ' of' : ''} ${value}`
const known = ({ points, mapped }: Reading): string[] =>
  points
    .filter((point) => mapped.some(({ metric, how }) => how !== 'own path' && metric === (point.rate ?? point.metric)))
    .map(shown)
const own = ({ points, mapped }: Reading): string[] =>
  points
    .filter((point) => mapped.some(({ metric, how }) => how === 'own path' && metric === (point.rate ?? point.metric)))
    .map(shown)

describe('what exporters give', () => {
  it('of redis_exporter, read from a real one', async () => {
    expect(known(await reading(fixture('redis-exporter')))).toEqual([
      'healthy 1',
      'redis.clients 1',
      'redis.clients.limit 500',
      'redis.blocked_clients 0',
      'redis.memory_bytes 458744',
      'redis.commands_per_minute of 2',
      'redis.evicted_per_minute of 0',
      'redis.rejected_per_minute of 0',
      'uptime.seconds 6',
      `redis.memory_percent ${(100 * 458_744) / 104_857_600}`,
    ])
  })

  it('of postgres_exporter, read from a real one: connections against what ordinary roles may use', async () => {
    expect(known(await reading(fixture('postgres-exporter')))).toEqual([
      'healthy 1',
      'db.connections 2',
      'db.transaction.longest_seconds 0',
      'db.size_bytes 22577517',
      'db.connections.limit 97',
    ])
  })

  it('of rq-exporter and celery-exporter: queues, jobs, workers by state', async () => {
    expect(known(await reading(fixture('rq-and-celery'))).toSorted()).toEqual([
      'jobs.failed_per_minute of 2',
      'jobs.finished_per_minute of 100',
      'jobs.running 3',
      'queue.length queue=default 52',
      'queue.length queue=low 4',
      'workers.busy 2',
      'workers.total 3',
    ])
  })

  it('of gunicorn behind statsd_exporter: a family for each status, and quantiles of a summary', async () => {
    const { points, ...rest } = await reading(fixture('gunicorn-statsd'))
    expect(known({ points, ...rest })).toEqual([
      'latency.p50_seconds 0.125',
      'requests.per_minute of 1000',
      'responses.per_minute status=200 of 990',
      'responses.per_minute status=503 of 10',
      'workers.total 4',
    ])
    expect(own({ points, ...rest })).toEqual([])
    expect(points.some(({ metric }) => metric === 'memory.used_bytes')).toBe(false)
  })

  it('of its own process is not said of what it watches', async () => {
    const { mapped } = await reading(fixture('redis-exporter'))
    expect(mapped.filter(({ how }) => how === 'ignored').map(({ path }) => path)).toContain('process_resident*')
    expect(mapped.some(({ metric }) => metric === 'memory.used_bytes')).toBe(false)
  })
})

describe('what an application gives', () => {
  it('of a Flask application with client_python: process, requests, pool, and its own figures', async () => {
    const answer = await reading(fixture('flask-app'))
    expect(answer.up).toBe(1)
    expect(known(answer)).toEqual([
      'sessions.active 27',
      'memory.used_bytes 524288000',
      'uptime.seconds 0',
      'requests.per_minute of 200',
      'responses.per_minute status=200 of 200',
      'responses.per_minute status=503 of 0',
      'db.pool.in_use 12',
      'db.pool.size 30',
      'db.pool.overflow 20',
      'queue.length queue=default 3',
      'queue.length queue=slow 2',
      'db.pool.limit 50',
    ])
    expect(own(answer)).toEqual([
      'captions_made_per_minute of 100',
      'captions_image_pixels.count 2',
      'captions_image_pixels.sum 400',
      'captions_image_pixels.max 300',
    ])
  })

  it('never lets a label out that is not of the allow-list: people least of all', async () => {
    const answer = await reading(fixture('flask-app'))
    expect(JSON.stringify(answer)).not.toMatch(/anna|bob|sender|large|GET|upload"/)
  })

  it('says of what needs a second answer that it does', async () => {
    const { mapped } = await reading(fixture('flask-app'))
    const later = mapped.filter(({ value }) => value === 'known from the second answer on').map(({ metric }) => metric)
    expect(later).toEqual(['cpu.used_percent', 'latency.p50_seconds', 'latency.p95_seconds', 'errors.percent'])
  })

  it('gives latency, errors and CPU of the time since, from the second answer on', async () => {
    await using watched = await Watched.open(text(fixture('flask-app')))
    await watched.ask()
    const later = fixture('flask-app')
      .replace('process_cpu_seconds_total 100.0', 'process_cpu_seconds_total 106.0')
      .replace(/(le="0.1".*status="200"} )100.0/, '$1180.0')
      .replace(/(le="1.0".*status="200"} )190.0/, '$1280.0')
      .replace(/(le="(?:5.0|\+Inf)".*status="200"} )200.0/g, '$1290.0')
      .replace(/(le="(?:5.0|\+Inf)".*status="503"} )0.0/g, '$110.0')
      .replace('total{method="GET",status="200"} 200.0', 'total{method="GET",status="200"} 290.0')
      .replace('total{method="POST",status="503"} 0.0', 'total{method="POST",status="503"} 10.0')
    const { points } = await watched.next(later)
    const value = (metric: string): number | undefined => points.find((point) => point.metric === metric)?.value
    // 80 of 100 took up to 0.1 s, 10 up to 1 s, 10 up to 5 s.
    expect(value('latency.p50_seconds')).toBeCloseTo(0.0625)
    expect(value('latency.p95_seconds')).toBeCloseTo(3)
    expect(value('errors.percent')).toBeCloseTo(10)
    expect(value('cpu.used_percent')).toBeCloseTo(40)
  })
})

describe('counters', () => {
  const total = (value: number): string =>
    `# TYPE orders_total counter\norders_total{shop="a"} ${value}\norders_total{shop="b"} 1\n`

  it('are given with their growth still to be reckoned, added up over labels that are not kept', async () => {
    const [point] = (await reading(total(9))).points
    expect(point).toEqual({
      metric: 'orders_total',
      unit: 'count',
      labels: {},
      value: 10,
      kind: 'counter',
      rate: 'orders_per_minute',
    })
  })

  it('whose type nobody said are known by their name; a gauge is what its type says', async () => {
    expect((await reading('x_total 5\n')).points[0]?.kind).toBe('counter')
    expect((await reading('# TYPE x_total gauge\nx_total 5\n')).points[0]?.kind).toBe('gauge')
  })

  it('that fell tell no share and no latency: a process began anew', async () => {
    const page = (all: number, bad: number): string =>
      `# TYPE http_requests_total counter\nhttp_requests_total{code="200"} ${all}\nhttp_requests_total{code="500"} ${bad}\n`
    await using watched = await Watched.open(text(page(100, 0)))
    const percent = async (body: string): Promise<number | undefined> =>
      (await watched.next(body)).points.find(({ metric }) => metric === 'errors.percent')?.value
    await watched.ask()
    expect(await percent(page(190, 10))).toBeCloseTo(10)
    expect(await percent(page(5, 0))).toBeUndefined()
    expect(await percent(page(14, 1))).toBeCloseTo(10)
  })

  it('without a request in between say nothing of errors: nothing is not no errors', async () => {
    const page = 'http_requests_total{code="200"} 5\n'
    await using watched = await Watched.open(text(page))
    await watched.ask()
    expect((await watched.next(page)).points.some(({ metric }) => metric === 'errors.percent')).toBe(false)
  })
})

describe('histograms and summaries', () => {
  const histogram = (...counts: number[]): string =>
    `# TYPE job_wait_seconds histogram\n${['1', '2', '+Inf'].map((le, index) => `job_wait_seconds_bucket{le="${le}"} ${counts[index]}\n`).join('')}job_wait_seconds_count ${counts[2]}\njob_wait_seconds_sum 1\n`

  it('of no known name become median, 95th percentile and how many there were', async () => {
    await using watched = await Watched.open(text(histogram(0, 0, 0)))
    await watched.ask()
    expect(own(await watched.next(histogram(50, 100, 100)))).toEqual([
      'job_wait_seconds.p50 1',
      'job_wait_seconds.p95 1.9',
      'job_wait_seconds.per_minute of 100',
    ])
  })

  it('look back a minute: what was slow before is not slow now', async () => {
    await using watched = await Watched.open(text(histogram(0, 0, 0)))
    await watched.ask()
    const p95 = async (...counts: number[]): Promise<number | undefined> =>
      (await watched.next(histogram(...counts))).points.find(({ metric }) => metric === 'job_wait_seconds.p95')?.value
    expect(await p95(0, 100, 100)).toBeCloseTo(1.95)
    expect(await p95(100, 200, 200)).toBeCloseTo(1.9)
    for (let answer = 0; answer < 3; answer++) await p95(100, 200, 200)
    // Five answers, 75 s, after the slow ones.
    expect(await p95(200, 300, 300)).toBeCloseTo(0.95)
  })

  it('whose slowest have no bound are as slow as the last bound, at least', async () => {
    await using watched = await Watched.open(text(histogram(0, 0, 0)))
    await watched.ask()
    expect(
      (await watched.next(histogram(0, 0, 10))).points.find(({ metric }) => metric === 'job_wait_seconds.p50')?.value,
    ).toBe(2)
  })

  it('with nothing observed say nothing', async () => {
    await using watched = await Watched.open(text(histogram(5, 5, 5)))
    await watched.ask()
    expect(own(await watched.next(histogram(5, 5, 5)))).toEqual(['job_wait_seconds.per_minute of 5'])
  })

  it('of a moment, as OpenMetrics has them, need no second answer', async () => {
    const page =
      '# TYPE queue_wait gaugehistogram\nqueue_wait_bucket{le="1"} 10\nqueue_wait_bucket{le="+Inf"} 10\nqueue_wait_gcount 10\nqueue_wait_gsum 3\n# EOF\n'
    await using watched = await Watched.open(text(page, 'application/openmetrics-text; version=1.0.0; charset=utf-8'))
    expect(own(await watched.ask())).toEqual([
      'queue_wait.p50 0.5',
      'queue_wait.p95 0.95',
      'queue_wait.per_minute of 10',
    ])
  })

  it('of a summary are its quantiles; NaN, before anything was seen, is nothing', async () => {
    const page =
      '# TYPE rpc_seconds summary\nrpc_seconds{quantile="0.5"} 0.2\nrpc_seconds{quantile="0.99"} NaN\nrpc_seconds_sum 4\nrpc_seconds_count 7\n'
    expect(own(await reading(page))).toEqual(['rpc_seconds quantile=0.5 0.2', 'rpc_seconds.per_minute of 7'])
  })
})

describe('values and times', () => {
  it('that are no numbers are nothing, and spoil no sum', async () => {
    expect(
      own(await reading('a NaN\nb +Inf\nc{x="1"} NaN\nc{x="2"} 4\n')).filter((line) => !line.includes('Infinity')),
    ).toEqual(['c 4'])
  })

  it('are of the time they state; one that is no time of now is left out, and counted', async () => {
    await using watched = await Watched.open(text(''))
    const now = watched.clock.now()
    watched.behaviour = text(
      `fresh 1 ${now - 20_000}\nold 1 ${now - 3 * 3_600_000}\nahead 1 ${now + 600_000}\nplain 1\n`,
    )
    const { points, leftOut } = await watched.ask()
    expect(points.map(({ metric, at }) => [metric, at])).toEqual([
      ['fresh', now - 20_000],
      ['plain', undefined],
    ])
    expect(leftOut).toBe(2)
  })
})

describe('map and ignore', () => {
  const page =
    'thing{state="waiting",shop="a"} 3\nthing{state="waiting",shop="b"} 4\nthing{state="done",shop="a"} 9\nslow_ms 250\ncalls 100\ngo_threads 7\n# TYPE t_seconds histogram\nt_seconds_bucket{le="1"} 0\nt_seconds_bucket{le="+Inf"} 0\nt_seconds_count 0\n'

  it('say what series are: by labels, in another unit, as a counter, with a label of one of theirs', async () => {
    const map = {
      'thing{state="waiting"}': 'queue.length',
      'thing{state=~"d.*"}': { metric: 'shop.done', labels: { shop: 'shop' } },
      slow_ms: { metric: 'latency.p95_seconds', unit: 'ms' },
      calls: { metric: 'upstream.requests_per_minute', kind: 'counter' },
    }
    const answer = await reading(page, { map, ignore: ['go_*'] })
    expect(answer.points.slice(0, 4).map(shown)).toEqual([
      'queue.length 7',
      'shop.done shop=a 9',
      'latency.p95_seconds 0.25',
      'upstream.requests_per_minute of 100',
    ])
    expect(answer.mapped.find(({ metric }) => metric === 'queue.length')).toMatchObject({
      path: 'thing',
      how: 'map',
      value: 7,
    })
    expect(answer.points.some(({ metric }) => metric.startsWith('go_'))).toBe(false)
  })

  it('choose how several become one, and a quantile', async () => {
    await using watched = await Watched.open(text(page), {
      map: { thing: { metric: 'worst', reduce: 'max' }, t_seconds: { metric: 'upload.seconds', quantile: 0.95 } },
    })
    await watched.ask()
    const { points } = await watched.next(page.replace('le="1"} 0', 'le="1"} 10').replace('+Inf"} 0', '+Inf"} 10'))
    expect(points.slice(0, 2).map(shown)).toEqual(['worst 9', 'upload.seconds 0.95'])
  })

  it('come before what is known by name', async () => {
    expect(known(await reading('active_users 5\n', { map: { active_users: 'sessions.active' } }))).toEqual([
      'sessions.active 5',
    ])
  })

  it.each(['a b', 'a{', 'a{b=1}', 'a{b="1"', '{b="1"}', 'a{b=~"("}', ''])('refuse the selector %j', (selector) => {
    expect(prometheus.schema.safeParse({ url: 'http://x/', map: { [selector]: 'm' } }).success).toBe(false)
  })
})

describe('an exporter that says very much', () => {
  const many = (count: number, line: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('')

  it('of one family with labels that are not kept is one figure', async () => {
    const { points, leftOut } = await reading(many(100_000, (index) => `hits_total{path="/p/${index}"} 1`))
    expect(points.map(shown)).toEqual(['hits_per_minute of 100000'])
    expect(leftOut).toBe(0)
  })

  it('of as many names is cut at maxSeries, known ones first, and the rest counted', async () => {
    const page = many(100_000, (index) => `thing_${index} 1`)
    const { points, leftOut } = await reading(`active_users 7\n${page}`, {}, 50)
    expect([points.length, leftOut]).toEqual([50, 100_001 - 50])
    expect(points[0]).toMatchObject({ metric: 'users.active', value: 7 })
  })

  it('of as many instances is cut too', async () => {
    const { points, leftOut } = await reading(
      many(5_000, (index) => `thing{instance="i${index}"} 1`),
      {},
      100,
    )
    expect([points.length, leftOut]).toEqual([100, 4_900])
  })
})

describe('asking', () => {
  it('prefers OpenMetrics, and sends tokens as told', async () => {
    await using watched = await Watched.open(text('a 1\n'), { bearer: 'secret-token', query: { key: 'k' } })
    await watched.ask()
    const [request] = watched.asked
    expect(request?.headers['accept']).toMatch(/^application\/openmetrics-text;version=1\.0\.0/)
    expect([request?.headers.authorization, request?.url]).toEqual(['Bearer secret-token', '/metrics?key=k'])
  })

  it('takes a compressed answer', async () => {
    await using watched = await Watched.open((_, response) =>
      response.writeHead(200, { 'content-type': TEXT, 'content-encoding': 'gzip' }).end(gzipSync('a 1\n')),
    )
    expect((await watched.ask()).points.map(shown)).toEqual(['a 1'])
  })
})

describe('an answer that cannot be used', () => {
  const html = '<!doctype html><title>Sign in</title>'
  it.each<[string, Behaviour, 0 | 1 | null, string, RegExp]>([
    ['cut short, in the text format', text('a 1\nb 12'), 0, 'cut', /ends in the middle, line 2/],
    [
      'cut short, in OpenMetrics',
      text('a 1\nb 12\n', 'application/openmetrics-text; version=1.0.0'),
      0,
      'cut',
      /ends in the middle, line 3/,
    ],
    ['a web page', text(html, 'text/html'), 0, 'html', /web page/],
    ['JSON', text('{"status":"ok"}', 'application/json'), 0, 'json', /type: http-json/],
    ['nothing', text(''), 0, 'empty', /empty/],
    ['a line that is no sample', text('a 1\nb = 2\n'), 0, 'not_exposition', /line 2/],
    ['401', (_, response) => response.writeHead(401).end(html), 1, 'http_status', /bearer/],
    ['404', (_, response) => response.writeHead(404).end('no'), 1, 'http_status', /HTTP 404/],
    ['503', (_, response) => response.writeHead(503).end('a 1\n'), 0, 'http_status', /HTTP 503/],
    [
      'a connection that breaks in the middle',
      (_, response) => {
        response.writeHead(200, { 'content-type': TEXT, 'content-length': '1000' }).write('a 1\n')
        setImmediate(() => response.destroy())
      },
      0,
      'reset',
      /closed/,
    ],
    [
      'bad gzip',
      (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('a 1\n'),
      0,
      'bad_encoding',
      /unpacked/,
    ],
    [
      'a gzip that is cut',
      (_, response) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('a 1\n'.repeat(999)).subarray(0, 30)),
      0,
      'bad_encoding',
      /unpacked/,
    ],
    [
      'an encoding nobody asked for',
      (_, response) => response.writeHead(200, { 'content-encoding': 'snappy' }).end('a 1\n'),
      0,
      'bad_encoding',
      /unpacked/,
    ],
  ])('%s is a named reason, and nothing of it is taken', async (_, behaviour, up, code, message) => {
    await using watched = await Watched.open(behaviour)
    const answer = await watched.ask()
    expect([answer.up, answer.error?.code, answer.points]).toEqual([up, code, []])
    expect(answer.error?.message).toMatch(message)
  })

  it('does not disturb what was reckoned from the ones before', async () => {
    const page = (all: number): string => `http_requests_total{code="500"} ${all}\n`
    await using watched = await Watched.open(text(page(10)))
    await watched.ask()
    await watched.next('http_requests_total{code="500"} 9')
    expect((await watched.next(page(20))).points.find(({ metric }) => metric === 'errors.percent')?.value).toBeCloseTo(
      100,
    )
  })

  it('that is a bomb is given up', async () => {
    const bomb = gzipSync(Buffer.alloc(66 * 2 ** 20, `# ${'x'.repeat(100_000)}\n`))
    await using watched = await Watched.open((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    )
    expect((await watched.ask()).error?.code).toBe('too_large')
  })
})

describe('options', () => {
  it.each([
    [{}, 'url is missing: give the address of an exposition, or `server` and `queries`'],
    [{ url: 'http://x/', server: 'http://y/' }, 'server stands beside `url`: make two sources of them'],
    [{ url: 'http://x/', queries: { a: 'b' } }, 'queries are for a Prometheus server: give its address as `server`'],
    [{ server: 'http://y/' }, 'queries are missing: such as { queue.length: "sum(rq_jobs{status=\\"queued\\"})" }'],
    [
      { server: 'http://y/', queries: {} },
      'queries are missing: such as { queue.length: "sum(rq_jobs{status=\\"queued\\"})" }',
    ],
    [
      { server: 'http://y/', queries: { a: 'b' }, map: { x: 'y' } },
      'map is for an exposition: the queries say what they give',
    ],
    [{ url: 'ftp://x/' }, 'url must be an address such as http://127.0.0.1:9100/metrics'],
  ])('%j are refused: %s', (options, message) => {
    const { error } = prometheus.schema.safeParse(options)
    expect(error?.issues.map(({ path, message: said }) => `${path.join('.')} ${said}`)).toEqual([message])
  })
})
