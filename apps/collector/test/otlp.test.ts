import { OTLPMetricExporter as JsonExporter } from '@opentelemetry/exporter-metrics-otlp-http'
import { OTLPMetricExporter as ProtobufExporter } from '@opentelemetry/exporter-metrics-otlp-proto'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  AggregationTemporality,
  AggregationType,
  InstrumentType,
  MeterProvider,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
} from '@opentelemetry/sdk-metrics'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Collector, temporaryFolder } from './support/collector.ts'
import { until } from './support/until.ts'

const TOKEN = 'token-of-the-senders'
const YAML = `
systems:
  - id: shop
    limits: { sessions: 100 }
    sources: [{ type: otlp, token: "\${OTLP_TOKEN}", every: 1s, match: { service.name: shop } }]
    flags: [{ id: crowded, metric: sessions.active, above: 40, severity: warning, title: Crowded, steps: [Wait.] }]
  - id: blog
    sources: [{ type: otlp, token: "\${OTLP_TOKEN}", every: 1s, match: { service.name: blog } }]
`

let collector: Collector
const stack = new AsyncDisposableStack()
beforeAll(async () => {
  const folder = stack.use(await temporaryFolder())
  collector = stack.use(await Collector.start(folder.path, YAML, { env: { OTLP_TOKEN: TOKEN } }))
})
afterAll(() => stack.disposeAsync())

type Preference = {
  exporter: typeof JsonExporter | typeof ProtobufExporter
  compression: 'gzip' | 'none'
  temporality: AggregationTemporality
}

/** An application with the real SDK, which pushes when it is told to. */
class App implements AsyncDisposable {
  readonly #provider: MeterProvider
  readonly meter

  constructor(service: string, { exporter: Exporter, compression, temporality }: Preference, token = TOKEN) {
    const options = {
      url: `${collector.url}/v1/metrics`,
      headers: { authorization: `Bearer ${token}` },
      temporalityPreference: temporality === AggregationTemporality.DELTA ? 0 : 1,
      compression: compression as never,
    }
    const exporter: PushMetricExporter = new Exporter(options)
    this.#provider = new MeterProvider({
      resource: resourceFromAttributes({ 'service.name': service, 'service.instance.id': `${service}-1` }),
      readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })],
      views: [
        {
          instrumentName: 'job.duration',
          aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM },
          instrumentType: InstrumentType.HISTOGRAM,
        },
      ],
    })
    this.meter = this.#provider.getMeter('test')
  }

  push(): Promise<void> {
    return this.#provider.forceFlush()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#provider.shutdown().catch(() => undefined)
  }
}

let senders = 0

const value = async (metric: string): Promise<number | null> => collector.value('shop', metric)

describe.each<[string, Preference]>([
  [
    'protobuf, gzip, running sums',
    { exporter: ProtobufExporter, compression: 'gzip', temporality: AggregationTemporality.CUMULATIVE },
  ],
  [
    'JSON, gzip, differences',
    { exporter: JsonExporter, compression: 'gzip', temporality: AggregationTemporality.DELTA },
  ],
  [
    'protobuf, plain, differences',
    { exporter: ProtobufExporter, compression: 'none', temporality: AggregationTemporality.DELTA },
  ],
  [
    'JSON, plain, running sums',
    { exporter: JsonExporter, compression: 'none', temporality: AggregationTemporality.CUMULATIVE },
  ],
])('the real SDK with %s', (_, preference) => {
  it('is read: gauges, counters, levels, histograms of both kinds', async () => {
    await using app = new App('shop', preference)
    const sessions = app.meter.createGauge('active_sessions')
    const requests = app.meter.createHistogram('http.server.request.duration', {
      unit: 's',
      advice: { explicitBucketBoundaries: [0.1, 1, 5] },
    })
    const jobs = app.meter.createHistogram('job.duration', { unit: 's' })
    const waiting = app.meter.createUpDownCounter('jobs.waiting')
    const began = Date.now()
    // Another number each time, so that what is found is of this sender and not of the one before.
    const seen = 10 + ++senders
    sessions.record(seen)
    waiting.add(5)
    for (let round = 0; round < 2; round++) {
      for (let index = 0; index < 8; index++)
        requests.record(0.05, { 'http.response.status_code': 200, 'http.route': '/a' })
      for (let index = 0; index < 2; index++)
        requests.record(3, { 'http.response.status_code': 503, 'http.route': '/b' })
      for (let index = 1; index <= 100; index++) jobs.record(index)
      await app.push()
    }
    await until(
      () => value('sessions.active'),
      (found) => found === seen,
    )
    expect(await value('queue.length')).toBe(5)
    // It takes the second push to know how much came since the first.
    await until(
      () => value('requests.per_minute'),
      (found) => (found ?? 0) > 0,
    )
    expect(await value('errors.percent')).toBeCloseTo(20)
    expect(await value('latency.p50_seconds')).toBeCloseTo(0.0625)
    // As closely as the buckets of the SDK allow.
    expect(Math.abs(((await value('jobs.duration_p50_seconds')) ?? 0) - 50)).toBeLessThan(3)
    const [series] = await collector.series('system=shop')
    expect(series?.labels).toEqual({})
    const session = (await collector.series('system=shop')).find(({ metric }) => metric === 'sessions.active')
    expect(session?.labels).toEqual({ instance: 'shop-1' })
    expect(session?.at ?? 0).toBeGreaterThanOrEqual(began - 1_000)
  })
})

const SIMPLE: Preference = {
  exporter: ProtobufExporter,
  compression: 'gzip',
  temporality: AggregationTemporality.CUMULATIVE,
}

it('raises a flag, makes the system live, and stale when it falls silent for three intervals', async () => {
  await using app = new App('shop', SIMPLE)
  const sessions = app.meter.createGauge('active_sessions')
  sessions.record(77)
  await app.push()
  await until(
    () => collector.alerts('state=open&system=shop'),
    (alerts) => alerts.some(({ flag, state }) => flag === 'crowded' && state === 'firing'),
  )
  const [shop] = await collector.systems()
  expect(shop?.sources[0]).toMatchObject({ type: 'otlp', state: 'ok' })
  expect(shop?.headroom.find(({ resource }) => resource === 'sessions')).toMatchObject({ used: 77, limit: 100 })
  // Three intervals of a second, and the minute that a push may be late by default.
  expect(shop?.sources[0]?.lagSeconds).toBe(60)
})

it('shows what each value was taken for', async () => {
  await using app = new App('shop', SIMPLE)
  app.meter.createGauge('active_sessions').record(5)
  await app.push()
  const mapping = await until(
    () => collector.json('/mapping?system=shop'),
    (found) => JSON.stringify(found).includes('sessions.active'),
  )
  expect(mapping).toMatchObject([
    {
      system: 'shop',
      source: 'otlp',
      mapped: expect.arrayContaining([
        expect.objectContaining({ path: 'active_sessions', metric: 'sessions.active', how: 'known' }),
      ]),
    },
  ])
})

it('refuses the wrong token, leaves the other system alone, and never says the right one', async () => {
  const post = (headers: Record<string, string>, body = '{}'): Promise<Response> =>
    fetch(`${collector.url}/v1/metrics`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    })
  expect((await post({ authorization: 'Bearer something-else' })).status).toBe(401)
  expect((await post({})).status).toBe(401)
  expect((await post({ authorization: `Bearer ${TOKEN}` })).status).toBe(200)
  expect((await post({ authorization: `Bearer ${TOKEN}`, 'content-type': 'text/plain' })).status).toBe(415)
  expect((await post({ authorization: `Bearer ${TOKEN}` }, '{')).status).toBe(400)
  expect((await post({ authorization: `Bearer ${TOKEN}` }, 'x'.repeat(17 * 2 ** 20))).status).toBe(413)
  expect((await collector.source('blog')).state).toBe('pending')
  expect(JSON.stringify([await collector.events(), await collector.json('/mapping'), collector.log])).not.toContain(
    TOKEN,
  )
})
