import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '../../../lib/clock.ts'
import { serve, type Served } from '../../testing/serve.ts'
import { answerMetrics, MetricsRefused } from './fake-metrics.ts'
import { describeResource, type FakeEvent, type FakeResource } from './world.ts'

export type FakeRenderOptions = {
  clock: Clock
  resources?: readonly FakeResource[]
  key?: string
  /** Reads a minute that the key may make. */
  limit?: number
  /** Pages are no longer than this, whatever is asked for. */
  maxPage?: number
  /** More points than this are a 500, as there. */
  maxPoints?: number
  /** How far its clock is ahead of the one given. */
  aheadMs?: number
}

type Answer = { status: number; body: unknown; headers?: Record<string, string> }
type Wrong = { match: RegExp; answer: Answer; times: number }

const WINDOW_MS = 60_000
const KINDS = { services: 'service', postgres: 'postgres', 'key-value': 'keyvalue' } as const
const WRAPPED = { services: 'service', postgres: 'postgres', 'key-value': 'keyValue' } as const

/** Render's REST API as far as the source asks it, over HTTP: keys, paging, limits, errors and metrics as it has them. */
export class FakeRender implements AsyncDisposable {
  readonly resources: Map<string, FakeResource>
  readonly events: FakeEvent[] = []
  /** What was asked, path and query, in order. */
  readonly asked: URL[] = []
  /** What was answered with 429. */
  refused = 0
  key: string
  aheadMs: number
  readonly #options: FakeRenderOptions
  readonly #times: number[] = []
  #wrong: Wrong[] = []
  #served: Served | undefined

  private constructor(options: FakeRenderOptions) {
    this.#options = options
    this.key = options.key ?? 'rnd_0123456789abcdef'
    this.aheadMs = options.aheadMs ?? 0
    this.resources = new Map((options.resources ?? []).map((resource) => [resource.id, resource]))
  }

  static async start(options: FakeRenderOptions): Promise<FakeRender> {
    const fake = new FakeRender(options)
    fake.#served = await serve((request, response) => fake.#answer(request, response))
    return fake
  }

  /** What stands as `url` of the source. */
  get url(): string {
    return `${this.#served?.url ?? ''}/v1`
  }

  get now(): number {
    return this.#options.clock.now() + this.aheadMs
  }

  /** The next so many questions whose path and query match are answered like this. */
  goWrong(match: RegExp, status: number, body: unknown = {}, headers: Record<string, string> = {}, times = 1): void {
    this.#wrong.push({ match, answer: { status, body, headers }, times })
  }

  /** Something happens to a service; a moment that is not given is now. */
  happen(serviceId: string, type: string, details: unknown = {}, timestamp = this.now): FakeEvent {
    const event = { id: `evt-${String(this.events.length + 1).padStart(8, '0')}`, serviceId, type, details, timestamp }
    this.events.push(event)
    return event
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#served?.[Symbol.asyncDispose]()
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://fake')
    this.asked.push(url)
    const { status, body, headers } = this.#judge(request, url)
    const { limit, left, resetSeconds } = this.#standing()
    response.writeHead(status, {
      'content-type': typeof body === 'string' ? 'text/html' : 'application/json; charset=utf-8',
      date: new Date(this.now).toUTCString(),
      'ratelimit-limit': String(limit),
      'ratelimit-remaining': String(left),
      'ratelimit-reset': String(resetSeconds),
      ...headers,
    })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }

  #judge(request: IncomingMessage, url: URL): Answer {
    if (request.headers.authorization !== `Bearer ${this.key}`)
      return { status: 401, body: { id: 'req-1', message: 'Unauthorized' } }
    const { left, resetSeconds } = this.#standing()
    if (left === 0) {
      this.refused++
      return { status: 429, body: { message: 'Too many requests' }, headers: { 'retry-after': String(resetSeconds) } }
    }
    this.#times.push(this.#options.clock.monotonic())
    const wrong = this.#wrong.find(({ match }) => match.test(`${url.pathname}${url.search}`))
    if (wrong !== undefined) {
      if (--wrong.times <= 0) this.#wrong = this.#wrong.filter((other) => other !== wrong)
      return wrong.answer
    }
    if (request.method !== 'GET') return { status: 405, body: { message: 'Method Not Allowed' } }
    return this.#read(url)
  }

  #standing(): { limit: number; left: number; resetSeconds: number } {
    const { clock, limit = 400 } = this.#options
    const from = clock.monotonic() - WINDOW_MS
    while (this.#times[0] !== undefined && this.#times[0] <= from) this.#times.shift()
    const oldest = this.#times[0] ?? clock.monotonic()
    return { limit, left: Math.max(0, limit - this.#times.length), resetSeconds: Math.ceil((oldest - from) / 1_000) }
  }

  #read(url: URL): Answer {
    const [version, place = '', id, more, ...rest] = url.pathname.split('/').filter(Boolean)
    if (version !== 'v1' || rest.length > 0) return NOT_FOUND
    if (place === 'metrics') return this.#metrics(id ?? '', url.searchParams)
    if (!isPlace(place)) return NOT_FOUND
    const kind = KINDS[place]
    const mine = [...this.resources.values()].filter((resource) => resource.kind === kind)
    if (id === undefined)
      return paged(
        url.searchParams,
        mine,
        (one) => one.id,
        (one) => ({ [WRAPPED[place]]: describeResource(one) }),
        this.#options.maxPage,
      )
    const resource = mine.find((one) => one.id === id)
    if (resource === undefined) return { status: 404, body: { id: 'req-2', message: `not found: ${place}` } }
    if (more === undefined) return { status: 200, body: describeResource(resource) }
    return more === 'events' && place === 'services' ? this.#events(id, url.searchParams) : NOT_FOUND
  }

  #metrics(name: string, query: URLSearchParams): Answer {
    const { maxPoints = 50_000 } = this.#options
    try {
      const series = answerMetrics(this.resources, { name, query, now: this.now, maxPoints })
      return series === undefined ? NOT_FOUND : { status: 200, body: series }
    } catch (error) {
      if (error instanceof MetricsRefused) return { status: error.status, body: { message: error.message } }
      throw error
    }
  }

  /** The newest first; without a start only of the last hour. */
  #events(serviceId: string, query: URLSearchParams): Answer {
    const from = Date.parse(query.get('startTime') ?? new Date(this.now - 3_600_000).toISOString())
    const to = Date.parse(query.get('endTime') ?? new Date(this.now).toISOString())
    const mine = this.events
      .filter((event) => event.serviceId === serviceId && event.timestamp >= from && event.timestamp <= to)
      .toSorted((a, b) => b.timestamp - a.timestamp)
    return paged(
      query,
      mine,
      ({ id }) => id,
      (event) => ({ event: { ...event, timestamp: new Date(event.timestamp).toISOString() } }),
      this.#options.maxPage,
    )
  }
}

const NOT_FOUND: Answer = { status: 404, body: '404 page not found\n' }

/** 20 entries unless more are asked for, at most 100; each with the cursor that the next page begins after. */
function paged<Item>(
  query: URLSearchParams,
  items: readonly Item[],
  idOf: (item: Item) => string,
  entry: (item: Item) => object,
  maxPage = 100,
): Answer {
  const limit = Number(query.get('limit') ?? 20)
  if (!Number.isInteger(limit) || limit < 1 || limit > 100)
    return { status: 400, body: { message: 'limit must be 1 to 100' } }
  const cursor = query.get('cursor')
  const after = cursor === null ? -1 : items.findIndex((item) => cursorOf(idOf(item)) === cursor)
  if (cursor !== null && after === -1) return { status: 400, body: { message: 'invalid cursor' } }
  const page = items.slice(after + 1, after + 1 + Math.min(limit, maxPage))
  return { status: 200, body: page.map((item) => ({ ...entry(item), cursor: cursorOf(idOf(item)) })) }
}

function cursorOf(id: string): string {
  return Buffer.from(`c:${id}`).toString('base64url')
}

function isPlace(text: string): text is keyof typeof KINDS {
  return Object.hasOwn(KINDS, text)
}
