import { gzipSync } from 'node:zlib'
import type { Reading } from '@headroom/shared/model/reading.ts'
import { describe, expect, it } from 'vitest'
import { FakeClock } from '../../lib/fake-clock.ts'
import { silentLogger } from '../../telemetry/logger.ts'
import type { DeliveredBody } from '../types.ts'
import { otlp } from './otlp.ts'
import {
  attributesOf,
  DELTA,
  gauge,
  type Json,
  JSON_TYPE,
  nanos,
  point,
  Receiver,
  request,
  sum,
  TOKEN,
} from './testing/receiver.ts'
/** What belongs to the service is said in another test; here it would stand at every point. */
const PINNED = { match: { 'service.name': 'shop' } }

describe('who may push', () => {
  const body = request([gauge('x', [])])
  it('is told by the token, and by being on this machine where there is none', async () => {
    const withToken = new Receiver(PINNED)
    expect((await withToken.post(body)).status).toBe(200)
    for (const authorization of ['Bearer wrong-token-12345', 'Bearer ', TOKEN, 'Basic abc', '']) {
      const answer = await withToken.post(body, { ...JSON_TYPE, authorization })
      expect([authorization, answer.status, answer.json['code'], answer.headers?.['WWW-Authenticate']]).toEqual([
        authorization,
        401,
        16,
        'Bearer',
      ])
    }
    const open = new Receiver({ token: undefined })
    expect((await open.post(body, { ...JSON_TYPE, authorization: '' })).status).toBe(200)
    expect((await open.post(body, { ...JSON_TYPE, authorization: '' }, { local: false })).status).toBe(401)
  })

  it('is decided before the body is read', async () => {
    let asked = 0
    const delivery = { body: (): Promise<DeliveredBody> => Promise.reject(new Error(`asked ${++asked}`)) }
    expect(
      (await new Receiver().post('', { ...JSON_TYPE, authorization: 'Bearer wrong-token-12345' }, delivery)).status,
    ).toBe(401)
    expect(asked).toBe(0)
  })

  it('keeps no token, only its digest', () => {
    const options = {
      ...otlp.schema.parse({ token: TOKEN }),
      id: 'o',
      everyMs: 1,
      timeoutMs: 1,
      maxSeries: 1,
      labels: {},
    }
    expect(JSON.stringify(otlp.open(options, { clock: new FakeClock(), log: silentLogger }))).not.toContain(TOKEN)
  })

  it('is nobody where no source is configured', async () => {
    const answer = await otlp.route?.answer(
      {
        path: '/v1/metrics',
        params: {},
        headers: JSON_TYPE,
        local: true,
        body: () => Promise.reject(new Error('asked')),
      },
      [],
    )
    expect([answer?.status, String(answer?.body)]).toEqual([404, expect.stringContaining('type: otlp')])
  })
})

describe('what an answer is', () => {
  it('of a push that is taken whole is nothing, in the encoding that was spoken', async () => {
    const receiver = new Receiver(PINNED)
    const answer = await receiver.post(request([gauge('x', [point(receiver.now, { asInt: '5' })])]))
    expect([answer.status, answer.headers?.['Content-Type'], String(answer.body)]).toEqual([
      200,
      'application/json',
      '{}',
    ])
    const empty = await receiver.post(Buffer.alloc(0), { 'content-type': 'application/x-protobuf' })
    expect([empty.status, empty.headers?.['Content-Type'], empty.body]).toEqual([
      200,
      'application/x-protobuf',
      new Uint8Array(),
    ])
    expect((await receiver.post({})).status).toBe(200)
  })

  it.each<[string, DeliveredBody, number, number]>([
    ['too large', { kind: 'too_large' }, 413, 3],
    ['in an encoding nobody knows', { kind: 'unknown_encoding' }, 415, 3],
    ['broken', { kind: 'broken' }, 400, 3],
    ['one too many', { kind: 'busy' }, 429, 8],
  ])('of a body that is %s says so', async (_, body, status, code) => {
    const answer = await new Receiver().post('', JSON_TYPE, { body: () => Promise.resolve(body) })
    expect([answer.status, answer.json['code'], typeof answer.json['message']]).toEqual([status, code, 'string'])
    expect(answer.headers?.['Retry-After']).toBe(status === 429 ? '2' : undefined)
  })

  it('while the collector is behind is to come again, and nothing is reckoned', async () => {
    const receiver = new Receiver(PINNED)
    receiver.room = false
    const answer = await receiver.post(request([gauge('x', [point(receiver.now, { asInt: '5' })])]))
    expect([answer.status, answer.headers?.['Retry-After'], receiver.got]).toEqual([429, '2', []])
  })

  it.each([['text/plain'], ['application/grpc'], ['']])('of the type %j is 415', async (type) => {
    expect((await new Receiver().post('x', { 'content-type': type })).status).toBe(415)
  })

  it.each<[string, string | Buffer]>([
    ['no JSON', '{"resourceMetrics": ['],
    ['JSON, but no object', '[1]'],
    ['a list where an object must be', '{"resourceMetrics": [5]}'],
    ['an object where a list must be', '{"resourceMetrics": {}}'],
    ['compressed twice', gzipSync('{}')],
  ])('of %s is 400 with a Status', async (_, body) => {
    const answer = await new Receiver().post(body)
    expect([answer.status, answer.json]).toEqual([
      400,
      { code: 3, message: expect.stringMatching(/^Cannot be read: /) },
    ])
  })

  it('of bytes that are no protobuf is 400 with a Status in protobuf', async () => {
    const receiver = new Receiver()
    for (const bytes of [
      [0x0a, 0x7f],
      [0x0a, 0x05, 1, 2],
      [0x08, 1, 0x0a],
      [0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f],
      [0x0b],
      [0x0a, 2, 0x0a, 0x09],
    ]) {
      const answer = await receiver.post(Buffer.from(bytes), { 'content-type': 'application/x-protobuf' })
      expect([
        bytes.join(),
        answer.status,
        answer.headers?.['Content-Type'],
        answer.body instanceof Uint8Array,
      ]).toEqual([bytes.join(), 400, 'application/x-protobuf', true])
    }
    expect(receiver.got).toEqual([])
  })

  it('of a push that is taken in part says how much was not, and why', async () => {
    const receiver = new Receiver(PINNED)
    const { now } = receiver
    const points = [
      point(now, { asInt: '1' }),
      point(now + 600_000, { asInt: '1' }),
      point(now - 2 * 3_600_000, { asInt: '1' }),
      { asInt: '1' },
      point(now, {}),
      point(now, { asDouble: 'NaN' }),
    ]
    const { status, json } = await receiver.post(request([gauge('x', points)]))
    expect([status, json]).toEqual([
      200,
      {
        partialSuccess: {
          rejectedDataPoints: '5',
          errorMessage:
            'Not taken: 1 points are more than a minute ahead of the clock of the collector; 1 points are more than an hour old; 1 points are without timeUnixNano; 2 points are of values that are no numbers.',
        },
      },
    ])
    expect(receiver.got).toHaveLength(1)
  })
})

describe('traces and logs', () => {
  it('are not taken: the answer says how a sender is told to keep them, whoever asks', async () => {
    for (const [path, variable] of [
      ['/v1/traces', 'OTEL_TRACES_EXPORTER=none'],
      ['/v1/logs', 'OTEL_LOGS_EXPORTER=none'],
    ] as const) {
      const answer = await new Receiver().post({ resourceSpans: [] }, JSON_TYPE, { path })
      expect(answer).toMatchObject({ status: 404, json: { code: 12 } })
      expect(answer.json['message']).toContain(variable)
      expect(answer.json['message']).toContain('OTEL_EXPORTER_OTLP_METRICS_ENDPOINT')
    }
  })
})

describe('which system a resource belongs to', () => {
  const two = (): Receiver =>
    new Receiver(
      { name: 'shop', match: { 'service.id': 'srv-1' } },
      { name: 'blog', match: { 'service.id': ['srv-2', 'srv-3'] } },
    )
  const of = (id: string, now: number): Json[] => [
    {
      resource: { attributes: attributesOf({ 'service.id': id }) },
      scopeMetrics: [{ metrics: [gauge('x', [point(now, { asInt: '1' })])] }],
    },
  ]

  it('is told by match: each gets its own, and one body serves all', async () => {
    const receiver = two()
    const resourceMetrics = ['srv-1', 'srv-3'].flatMap((id) => of(id, receiver.now))
    expect((await receiver.post({ resourceMetrics })).json).toEqual({})
    expect(receiver.got.map(({ source, reading }) => [source, reading.points.length])).toEqual([
      ['shop', 1],
      ['blog', 1],
    ])
  })

  it('may be none: that is said, with the name of the stranger, and makes nobody seem alive', async () => {
    const receiver = two()
    const { json } = await receiver.post({ resourceMetrics: of('srv-9', receiver.now) })
    expect(json).toEqual({
      partialSuccess: {
        rejectedDataPoints: '1',
        errorMessage:
          'Not taken: 1 points are of resources that no otlp source of headroom.yaml matches (service.id=srv-9).',
      },
    })
    expect(receiver.got).toEqual([])
  })

  it('gives labels: the instance always, the service where match leaves it open', async () => {
    const own = { 'service.instance.id': 'pod-1' }
    const open = new Receiver({})
    expect((await open.readings([gauge('x', [point(open.now, { asInt: '1' })])], own))[0]?.points[0]?.labels).toEqual({
      service: 'shop',
      instance: 'pod-1',
    })
    const pinned = new Receiver(PINNED)
    expect(
      (await pinned.readings([gauge('x', [point(pinned.now, { asInt: '1' })])], own))[0]?.points[0]?.labels,
    ).toEqual({ instance: 'pod-1' })
  })
})

describe('gauges', () => {
  it('are values at their own times, several of one series in one push, in any order', async () => {
    const receiver = new Receiver(PINNED)
    const { now } = receiver
    expect(
      await receiver.push(gauge('temperature', [point(now, { asDouble: 3.5 }), point(now - 5_000, { asInt: '2' })])),
    ).toEqual(['temperature 2 at -5000', 'temperature 3.5'])
  })

  it('that come late are kept at their time, and one that comes twice is the same one', async () => {
    const receiver = new Receiver(PINNED)
    await receiver.push(gauge('x', [point(receiver.now, { asInt: '1' })]))
    await receiver.clock.advance(10_000)
    expect(await receiver.push(gauge('x', [point(receiver.now - 20_000, { asInt: '9' })]))).toEqual(['x 9 at -20000'])
    expect(await receiver.push(gauge('x', [point(receiver.now - 10_000, { asInt: '2' })]))).toEqual(['x 2 at -10000'])
  })

  it('that differ by attributes which are not kept become their number, sum and greatest', async () => {
    const receiver = new Receiver(PINNED)
    const rooms = ['a', 'b'].map((room, index) =>
      point(receiver.now, { asInt: String(index + 1) }, { room, user: 'anna@example.com' }),
    )
    expect(await receiver.push(gauge('seats', rooms))).toEqual(
      ['seats 1', 'seats.count 2', 'seats.sum 3', 'seats.max 2'].slice(1),
    )
  })

  it('with the flag that nothing was recorded are no value', async () => {
    const receiver = new Receiver(PINNED)
    expect(await receiver.push(gauge('x', [point(receiver.now, { flags: 1 })]))).toEqual([])
  })

  it('are brought to the unit of the catalogue', async () => {
    const receiver = new Receiver(PINNED)
    expect(
      await receiver.push(
        gauge('active_sessions', [point(receiver.now, { asInt: '7' })]),
        gauge('wait', [point(receiver.now, { asInt: '250' })], 'ms'),
      ),
    ).toEqual(['sessions.active 7', 'wait 0.25'])
  })
})

describe('sums', () => {
  const total = (receiver: Receiver, value: number, startMs: number, own?: Json): Json =>
    sum('orders', [point(receiver.now, { asInt: String(value), startTimeUnixNano: nanos(startMs) })], own)

  it('of differences are rates of the time they are of, from the first on', async () => {
    const receiver = new Receiver(PINNED)
    expect(await receiver.push(total(receiver, 30, receiver.now - 30_000, DELTA))).toEqual(['orders_per_minute 60'])
    await receiver.clock.advance(60_000)
    expect(await receiver.push(total(receiver, 10, receiver.now - 60_000, DELTA))).toEqual(['orders_per_minute 10'])
  })

  it('that run on are the growth since the point before; the first of an old process says nothing', async () => {
    const receiver = new Receiver(PINNED)
    const start = receiver.now - 3_600_000
    expect(await receiver.push(total(receiver, 1_000, start))).toEqual([])
    await receiver.clock.advance(60_000)
    expect(await receiver.push(total(receiver, 1_030, start))).toEqual(['orders_per_minute 30'])
  })

  it('of a process that has just begun count from its beginning', async () => {
    const receiver = new Receiver(PINNED)
    expect(await receiver.push(total(receiver, 30, receiver.now - 60_000))).toEqual(['orders_per_minute 30'])
  })

  it('that begin anew are told by their start time: nothing is lost, and nothing is negative', async () => {
    const receiver = new Receiver(PINNED)
    await receiver.push(total(receiver, 1_000, receiver.now - 3_600_000))
    await receiver.clock.advance(60_000)
    expect(await receiver.push(total(receiver, 20, receiver.now - 40_000))).toEqual(['orders_per_minute 30'])
    await receiver.clock.advance(60_000)
    // It fell, and nobody says why.
    expect(await receiver.push(total(receiver, 5, receiver.now - 100_000))).toEqual([])
  })

  it('that come twice, or late, give no rate twice', async () => {
    const receiver = new Receiver(PINNED)
    const start = receiver.now - 3_600_000
    await receiver.push(total(receiver, 10, start))
    await receiver.clock.advance(60_000)
    const again = total(receiver, 20, start)
    expect(await receiver.push(again)).toEqual(['orders_per_minute 10'])
    expect(await receiver.push(again)).toEqual([])
    expect(
      await receiver.push(
        sum('orders', [point(receiver.now - 30_000, { asInt: '15', startTimeUnixNano: nanos(start) })]),
      ),
    ).toEqual([])
  })

  it('that may also fall are levels: of differences they are added up', async () => {
    const receiver = new Receiver(PINNED)
    const level = { aggregationTemporality: 2, isMonotonic: false }
    expect(await receiver.push(sum('open_doors', [point(receiver.now, { asInt: '4' })], level))).toEqual([
      'open_doors 4',
    ])
    const steps = { aggregationTemporality: 1, isMonotonic: false }
    expect(await receiver.push(sum('steps', [point(receiver.now, { asInt: '4' })], steps))).toEqual(['steps 4'])
    await receiver.clock.advance(60_000)
    expect(await receiver.push(sum('steps', [point(receiver.now, { asInt: '-1' })], steps))).toEqual(['steps 3'])
  })

  it('of several processes are added up, each reckoned by itself, in one push or in several', async () => {
    const receiver = new Receiver({ ...PINNED, map: { orders: { metric: 'shop.orders_per_minute', kind: 'counter' } } })
    const start = receiver.now - 3_600_000
    const both = (a: number, b: number): Json =>
      sum(
        'orders',
        [['a', a] as const, ['b', b] as const].map(([shop, value]) =>
          point(receiver.now, { asInt: String(value), startTimeUnixNano: nanos(start) }, { shop }),
        ),
      )
    await receiver.push(both(100, 500))
    await receiver.clock.advance(60_000)
    expect(await receiver.push(both(110, 520))).toEqual(['shop.orders_per_minute 30'])
    await receiver.clock.advance(60_000)
    const only = (shop: string, value: number): Json =>
      sum('orders', [point(receiver.now, { asInt: String(value), startTimeUnixNano: nanos(start) }, { shop })])
    // The second half of what was split comes right after the first, and of the same time: it corrects the sum.
    await receiver.push(only('a', 115))
    expect(await receiver.push(only('b', 525))).toEqual(['shop.orders_per_minute 10'])
  })
})

describe('histograms', () => {
  const DURATION = 'http.server.request.duration'
  const histogram = (name: string, points: Json[], own: Json = { aggregationTemporality: 1 }, unit = 's'): Json => ({
    name,
    unit,
    histogram: { dataPoints: points, ...own },
  })
  const buckets = (receiver: Receiver, counts: number[], own: Json = {}, labels: Json = {}): Json =>
    point(
      receiver.now,
      {
        startTimeUnixNano: nanos(receiver.now - 60_000),
        count: String(counts.reduce((all, count) => all + count, 0)),
        sum: 1,
        explicitBounds: [0.1, 1, 5],
        bucketCounts: counts.map(String),
        ...own,
      },
      labels,
    )

  it('of requests are latency, requests, responses by status and the share of errors', async () => {
    const receiver = new Receiver(PINNED)
    const given = await receiver.push(
      histogram(DURATION, [
        buckets(receiver, [80, 10, 0, 0], {}, { 'http.response.status_code': 200, 'http.route': '/a' }),
        buckets(receiver, [0, 0, 10, 0], {}, { 'http.response.status_code': 503, 'http.route': '/b' }),
      ]),
    )
    expect(given.toSorted()).toEqual([
      'errors.percent 10',
      'latency.p50_seconds 0.0625',
      'latency.p95_seconds 3',
      'requests.per_minute 100',
      'responses.per_minute status=200 90',
      'responses.per_minute status=503 10',
    ])
  })

  it('under their old and their new name, from one sender, are counted once', async () => {
    const receiver = new Receiver(PINNED)
    const other = histogram(DURATION, [buckets(receiver, [10, 0, 0, 0], {}, { 'http.response.status_code': 200 })])
    const both = [
      histogram(
        'http.server.duration',
        [buckets(receiver, [10, 0, 0, 0], {}, { 'http.status_code': 200 })],
        { aggregationTemporality: 1 },
        'ms',
      ),
      other,
    ]
    const one = await receiver.readings(both, { 'service.instance.id': 'a' })
    const requests = (readings: Reading[]): unknown[] =>
      readings.flatMap(({ points }) =>
        points.filter(({ metric }) => metric === 'requests.per_minute').map(({ value, labels }) => [labels, value]),
      )
    expect(requests(one)).toEqual([[{ instance: 'a' }, 10]])
    // Another sender may know the other name only.
    expect(requests(await receiver.readings([other], { 'service.instance.id': 'b' }))).toEqual([
      [{ instance: 'b' }, 10],
    ])
  })

  it('in milliseconds are brought to seconds; how many there were is not', async () => {
    const receiver = new Receiver(PINNED)
    const given = await receiver.push(
      histogram(
        DURATION,
        [buckets(receiver, [100, 0, 0, 0], { explicitBounds: [100, 1_000, 5_000] })],
        undefined,
        'ms',
      ),
    )
    expect(given.toSorted()).toEqual([
      'latency.p50_seconds 0.05',
      'latency.p95_seconds 0.095',
      'requests.per_minute 100',
    ])
  })

  it('that run on are of the time since the point before', async () => {
    const receiver = new Receiver(PINNED)
    const running = { aggregationTemporality: 2 }
    const start = { startTimeUnixNano: nanos(receiver.now - 3_600_000) }
    expect(await receiver.push(histogram('job', [buckets(receiver, [500, 0, 0, 0], start)], running))).toEqual([])
    await receiver.clock.advance(60_000)
    expect(await receiver.push(histogram('job', [buckets(receiver, [500, 100, 0, 0], start)], running))).toEqual([
      'job.p50 0.55',
      'job.p95 0.955',
      'job.per_minute 100',
    ])
  })

  it('whose buckets are none, or too few for their bounds, count only', async () => {
    const receiver = new Receiver(PINNED)
    expect(await receiver.push(histogram('job', [buckets(receiver, [], { count: '60' })]))).toEqual([
      'job.per_minute 60',
    ])
    expect(await receiver.push(histogram('bad', [buckets(receiver, [1, 2], {})]))).toEqual([])
  })

  it('of growing buckets give the same quantiles as closely as their base allows', async () => {
    const receiver = new Receiver(PINNED)
    // Scale 0: buckets (1, 2], (2, 4], (4, 8].
    const exponential = (own: Json): Json => ({
      name: 'job',
      unit: 's',
      exponentialHistogram: {
        aggregationTemporality: 1,
        dataPoints: [
          point(receiver.now, {
            startTimeUnixNano: nanos(receiver.now - 60_000),
            count: '100',
            scale: 0,
            zeroCount: '0',
            positive: { offset: 0, bucketCounts: ['50', '40', '10'] },
            ...own,
          }),
        ],
      },
    })
    expect(await receiver.push(exponential({}))).toEqual(['job.p50 2', 'job.p95 6', 'job.per_minute 100'])
    await receiver.clock.advance(60_000)
    expect((await receiver.push(exponential({ zeroCount: '100', count: '200' })))[0]).toBe('job.p50 0')
  })

  it('of growing buckets that run on may coarsen in between', async () => {
    const receiver = new Receiver(PINNED)
    const start = nanos(receiver.now - 3_600_000)
    const exponential = (scale: number, offset: number, counts: number[]): Json => ({
      name: 'job',
      unit: 's',
      exponentialHistogram: {
        aggregationTemporality: 2,
        dataPoints: [
          point(receiver.now, {
            startTimeUnixNano: start,
            count: String(counts.reduce((all, one) => all + one, 0)),
            scale,
            positive: { offset, bucketCounts: counts.map(String) },
          }),
        ],
      },
    })
    // Scale 1: (1, 1.41], (1.41, 2], (2, 2.83], (2.83, 4]. Scale 0: (1, 2], (2, 4].
    await receiver.push(exponential(1, 0, [5, 5, 0, 10]))
    await receiver.clock.advance(60_000)
    expect(await receiver.push(exponential(0, 0, [10, 110]))).toEqual([
      'job.p50 3',
      'job.p95 3.9',
      'job.per_minute 100',
    ])
  })

  it('in a summary are its quantiles', async () => {
    const receiver = new Receiver(PINNED)
    const summary = {
      name: 'rpc',
      summary: {
        dataPoints: [
          point(receiver.now, {
            count: '5',
            sum: 1,
            quantileValues: [
              { quantile: 0.5, value: 0.2 },
              { quantile: 0.99, value: 2 },
            ],
          }),
        ],
      },
    }
    expect(await receiver.push(summary)).toEqual(['rpc quantile=0.5 0.2', 'rpc quantile=0.99 2'])
  })
})

describe("Render's metrics streams", () => {
  const ID = { 'service.id': 'srv-1', 'service.name': 'captions' }
  const web = { ...ID, 'service.instance.id': 'srv-1-abc' }

  it('are the metrics of the service: memory and CPU against their limits, by instance', async () => {
    const receiver = new Receiver({ match: { 'service.id': 'srv-1' } })
    const start = receiver.now - 3_600_000
    const metrics = (cpu: number): Json[] => [
      gauge('render.service.memory.usage', [point(receiver.now, { asDouble: 2 ** 30 })]),
      gauge('render.service.memory.limit', [point(receiver.now, { asDouble: 2 ** 31 })]),
      gauge('render.service.cpu.limit', [point(receiver.now, { asDouble: 0.5 })]),
      sum('render.service.cpu.time', [point(receiver.now, { asDouble: cpu, startTimeUnixNano: nanos(start) })]),
    ]
    await receiver.readings(metrics(100), web)
    await receiver.clock.advance(60_000)
    const [reading] = await receiver.readings(metrics(115), web)
    expect(reading?.points.map(({ metric, labels, value }) => [metric, labels['instance'], value])).toEqual([
      ['memory.used_bytes', 'srv-1-abc', 2 ** 30],
      ['memory.limit_bytes', 'srv-1-abc', 2 ** 31],
      ['cpu.used_percent', 'srv-1-abc', 50],
      ['memory.used_percent', 'srv-1-abc', 50],
    ])
  })

  it('are its requests, for all instances together: by status, and how slow, in milliseconds where nobody says', async () => {
    const receiver = new Receiver({ match: { 'service.id': 'srv-1' } })
    const http = { ...ID, 'service.instance.id': 'srv-1' }
    const start = receiver.now - 3_600_000
    const metrics = (ok: number, bad: number): Json[] => [
      sum(
        'render.service.http.requests.total',
        [[200, ok] as const, [503, bad] as const].map(([status_code, value]) =>
          point(
            receiver.now,
            { asDouble: value, startTimeUnixNano: nanos(start) },
            { host: 'a.onrender.com', status_code: String(status_code) },
          ),
        ),
      ),
      gauge(
        'render.service.http.requests.latency',
        ['0.50', '0.95', '0.99'].map((quantile, index) =>
          point(
            receiver.now,
            { asDouble: 100 * (index + 1) },
            { quantile, host: 'a.onrender.com', status_code: '200' },
          ),
        ),
      ),
    ]
    await receiver.readings(metrics(100, 0), http)
    await receiver.clock.advance(60_000)
    const [reading] = await receiver.readings(metrics(190, 10), http)
    expect(
      reading?.points
        .map(({ metric, labels, value }) => `${metric} ${JSON.stringify(labels)} ${Number(value.toPrecision(6))}`)
        .toSorted(),
    ).toEqual([
      'errors.percent {} 10',
      'latency.p50_seconds {} 0.1',
      'latency.p95_seconds {} 0.2',
      'render.service.http.requests.latency {"quantile":"0.99"} 0.3',
      'requests.per_minute {} 100',
      'responses.per_minute {"status":"200"} 90',
      'responses.per_minute {"status":"503"} 10',
    ])
  })

  it('are the connections of its databases, against their limits', async () => {
    const receiver = new Receiver({ match: { 'service.id': ['dpg-1', 'red-1'] } })
    const of = (id: string, ...metrics: Json[]): Promise<Reading[]> =>
      receiver.readings(metrics, { 'service.id': id, 'service.instance.id': id })
    const at = (value: number, labels: Json = {}): Json[] => [point(receiver.now, { asInt: String(value) }, labels)]
    const pg = await of(
      'dpg-1',
      gauge('render.postgres.connections', at(12, { database_name: 'a' })),
      gauge('render.postgres.connection.limit', at(97)),
    )
    const kv = await of(
      'red-1',
      gauge('render.keyvalue.connections', at(7)),
      gauge('render.keyvalue.connection.limit', at(250)),
    )
    expect([...pg, ...kv].flatMap(({ points }) => points.map(({ metric, value }) => `${metric} ${value}`))).toEqual([
      'db.connections 12',
      'db.connections.limit 97',
      'redis.clients 7',
      'redis.clients.limit 250',
    ])
  })
})

describe('clocks', () => {
  it('that are ahead are told with the name of the sender, until they are right or silent', async () => {
    const receiver = new Receiver(PINNED)
    const ahead = gauge('x', [point(receiver.now + 600_000, { asInt: '1' })])
    const [reading] = await receiver.readings([ahead], { 'service.instance.id': 'pod-1' })
    expect(reading).toMatchObject({
      points: [],
      error: {
        code: 'clock_ahead',
        message: expect.stringMatching(/^the newest values of pod-1 are of a time 10m ahead/),
      },
    })
    const [other] = await receiver.readings([gauge('x', [point(receiver.now, { asInt: '1' })])], {
      'service.instance.id': 'pod-2',
    })
    expect(other?.error?.code).toBe('clock_ahead')
    const [right] = await receiver.readings([gauge('x', [point(receiver.now, { asInt: '1' })])], {
      'service.instance.id': 'pod-1',
    })
    expect(right?.error).toBeUndefined()
  })

  it('that are behind are told too, and the values kept', async () => {
    const receiver = new Receiver(PINNED)
    const [reading] = await receiver.readings([gauge('x', [point(receiver.now - 1_200_000, { asInt: '1' })])])
    expect([reading?.points.length, reading?.error?.code]).toEqual([1, 'clock_behind'])
    expect(reading?.error?.message).toContain('the newest values of shop are 20m old when they come')
  })
})

describe('much', () => {
  it('is bounded: streams beyond ten times maxSeries are left out, and counted', async () => {
    const receiver = new Receiver(PINNED)
    const points = Array.from({ length: 1_200 }, (_, index) =>
      point(receiver.now, { asInt: '1' }, { path: `/p/${index}` }),
    )
    const [reading] = await receiver.readings([gauge('x', points)])
    expect(reading?.leftOut).toBe(200)
    expect(reading?.points.at(0)).toMatchObject({ metric: 'x.count', value: 1_000 })
  })

  it('is mapped once: what each value was taken for is told when it is new', async () => {
    const receiver = new Receiver(PINNED)
    const [first] = await receiver.readings([gauge('active_sessions', [point(receiver.now, { asInt: '1' })])])
    expect(first?.mapped).toMatchObject([
      { path: 'active_sessions', metric: 'sessions.active', value: 1, how: 'known' },
    ])
    await receiver.clock.advance(1_000)
    const [second] = await receiver.readings([gauge('active_sessions', [point(receiver.now, { asInt: '1' })])])
    expect(second?.mapped).toEqual([])
  })

  it('may be ignored, and called otherwise', async () => {
    const receiver = new Receiver({ ...PINNED, ignore: ['debug.*', 'x{room="a"}'], map: { 'cart.size': 'shop.carts' } })
    const given = await receiver.push(
      gauge('debug.things', [point(receiver.now, { asInt: '1' })]),
      gauge('x', [
        point(receiver.now, { asInt: '1' }, { room: 'a' }),
        point(receiver.now, { asInt: '2' }, { room: 'b' }),
      ]),
      gauge('cart.size', [point(receiver.now, { asInt: '5' })]),
    )
    expect(given).toEqual(['x 2', 'shop.carts 5'])
  })
})
