import type { Point, Reading } from '@headroom/shared/model/reading.ts'
import { FakeClock } from '../../../lib/fake-clock.ts'
import { silentLogger } from '../../../telemetry/logger.ts'
import type { DeliveredBody, Delivery, PushAnswer } from '../../types.ts'
import type { OtlpSource } from '../open.ts'
import { otlp } from '../otlp.ts'

export const TOKEN = 'a-token-of-16-ch'
export const EVERY_MS = 60_000
export const JSON_TYPE = { 'content-type': 'application/json' }

export type Json = Record<string, unknown>

/** Sources that listen, as the collector opens them, and a way to post to their route. */
export class Receiver {
  readonly clock = new FakeClock()
  readonly got: { source: string; reading: Reading }[] = []
  room = true
  readonly #open: { system: string; source: string; opened: OtlpSource }[] = []

  constructor(...sources: ({ name?: string } & Json)[]) {
    for (const { name = 'otlp', ...own } of sources.length === 0 ? [{}] : sources) {
      const options = {
        ...otlp.schema.parse({ token: TOKEN, ...own }),
        id: name,
        everyMs: EVERY_MS,
        timeoutMs: 10_000,
        maxSeries: 100,
        labels: {},
      }
      const opened = otlp.open(options, { clock: this.clock, log: silentLogger })
      opened.listen({
        push: (reading) => this.got.push({ source: name, reading }) > 0,
        hasRoom: () => this.room,
      })
      this.#open.push({ system: name, source: name, opened })
    }
  }

  async post(
    body: unknown,
    headers: Record<string, string> = JSON_TYPE,
    own: Partial<Delivery> = {},
  ): Promise<PushAnswer & { json: Json }> {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
    const answer = await otlp.route?.answer(
      {
        path: '/v1/metrics',
        params: {},
        headers: { authorization: `Bearer ${TOKEN}`, ...headers },
        local: true,
        body: (): Promise<DeliveredBody> => Promise.resolve({ kind: 'bytes', bytes }),
        ...own,
      },
      this.#open,
    )
    if (answer === undefined) throw new Error('no route')
    const text = String(answer.body)
    return { ...answer, json: text.startsWith('{') ? (JSON.parse(text) as Json) : {} }
  }

  /** Posts metrics of one resource at this moment, and gives the points that came of it. */
  async push(...metrics: Json[]): Promise<string[]> {
    return (await this.readings(metrics)).flatMap(({ points }) => points.map((point) => this.shown(point)))
  }

  async readings(metrics: readonly Json[], attributes: Json = {}): Promise<Reading[]> {
    const before = this.got.length
    await this.post(request(metrics, attributes))
    return this.got.slice(before).map(({ reading }) => reading)
  }

  get now(): number {
    return this.clock.now()
  }

  private shown({ metric, labels, value, at }: Point): string {
    const tags = Object.entries(labels).map(([name, label]) => ` ${name}=${label}`)
    const age = at === undefined ? '' : at === this.now ? '' : ` at ${at - this.now}`
    return `${metric}${tags.join('')} ${Number(value.toPrecision(6))}${age}`
  }
}

export const nanos = (ms: number): string => `${ms}000000`
export const attributesOf = (given: Json): Json[] =>
  Object.entries(given).map(([key, value]) => ({
    key,
    value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
  }))
export const request = (metrics: readonly Json[], attributes: Json = {}): Json => ({
  resourceMetrics: [
    { resource: { attributes: attributesOf({ 'service.name': 'shop', ...attributes }) }, scopeMetrics: [{ metrics }] },
  ],
})
export const point = (atMs: number, own: Json, labels: Json = {}): Json => ({
  timeUnixNano: nanos(atMs),
  attributes: attributesOf(labels),
  ...own,
})
export const gauge = (name: string, points: Json[], unit = ''): Json => ({ name, unit, gauge: { dataPoints: points } })
export const sum = (
  name: string,
  points: Json[],
  own: Json = { aggregationTemporality: 2, isMonotonic: true },
  unit = '',
): Json => ({
  name,
  unit,
  sum: { dataPoints: points, ...own },
})
export const DELTA = { aggregationTemporality: 1, isMonotonic: true }
