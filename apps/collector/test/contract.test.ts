import { ErrorBody, Range, RawRange, ROUTES, type RouteName } from '@headroom/shared/contracts.ts'
import { Event } from '@headroom/shared/model/event.ts'
import { Note } from '@headroom/shared/model/note.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Collector, temporaryFolder, watched } from './support/collector.ts'
import { Endpoint, json } from './support/endpoint.ts'
import { LiveClient } from './support/live-client.ts'
import { until } from './support/until.ts'

const FLAG = `limits: { sessions: 100, sessions.tested: 40 },
    flags: [{ id: queue-long, metric: queue.length, above: 40, severity: warning, title: Long queue, steps: [Wait.] }]`
const CALM = { status: 'ok', queue_length: 3, active_sessions: 12, recommendations: ['All is well.'] }

const stack = new AsyncDisposableStack()
let collector: Collector
let shop: Endpoint
let viewer: LiveClient
/** A moment when all was calm, and what was said then. */
let then: { at: number; answers: Map<string, unknown> }

/** What is asked of the past as well. */
const OF_A_MOMENT = ['/systems', '/series', '/series?system=shop&all=1', '/alerts', '/alerts?state=all', '/flags?system=shop', '/notes', '/definitions']

beforeAll(async () => {
  const folder = stack.use(await temporaryFolder())
  shop = stack.use(await Endpoint.open(json(CALM)))
  // Asked once in this test, so that between two answers of the shop nothing changes.
  const still = stack.use(await Endpoint.open(json({ status: 'ok', workers: { a: { busy: 1 }, b: { busy: 0 } } })))
  const quiet = `  - { id: still, name: "It's \\"still\\"", sources: [{ type: http-json, url: "${still.url}", every: 60s }] }\n`
  collector = stack.use(await Collector.start(folder.path, `systems:\n${watched('shop', shop.url, { system: FLAG })}${quiet}`))
  await collector.all('ok', 'shop', 'still')
  viewer = stack.use(await LiveClient.open(collector.url))
  for (const text of ['Doors open.', 'Lab 1.', 'Lab 2.']) await write(text)
  await viewer.ticks(2)
  const answers = new Map<string, unknown>()
  for (const path of OF_A_MOMENT) answers.set(path, await collector.json(path))
  then = { at: (await collector.status()).now, answers }
  // Afterwards: one spike of one answer, an alert that came and went, and another note.
  shop.behaviour = json({ ...CALM, queue_length: 977, recommendations: ['Look at the queue.'] })
  await collector.all('warning', 'shop')
  shop.behaviour = json({ ...CALM, queue_length: 2 })
  await collector.all('ok', 'shop')
  await write('Afterwards.')
}, 30_000)
afterAll(() => stack.disposeAsync())

async function write(text: string): Promise<Response> {
  const body = JSON.stringify({ text, kind: 'note', system: 'shop' })
  return fetch(`${collector.url}/api/v1/notes`, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
}

/** Every page of a list, as its `Link` headers lead; each page no longer than asked. */
async function pages<Item>(path: string, item: z.ZodType<Item>, limit: number): Promise<Item[][]> {
  const found: Item[][] = []
  let next: string | undefined = `/api/v1${path}${path.includes('?') ? '&' : '?'}limit=${limit}`
  while (next !== undefined && found.length < 200) {
    const answer: Response = await fetch(new URL(next, collector.url))
    const page = z.array(item).parse(await answer.json())
    expect(page.length).toBeLessThanOrEqual(limit)
    found.push(page)
    next = /^<([^>]+)>; *rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1]
  }
  return found
}

describe('every reading call', () => {
  const queries: Partial<Record<RouteName, string[]>> = {
    systems: [''],
    series: ['', '?system=shop', '?all=1'],
    range: ['?system=shop', '?system=shop&metric=queue.length&points=10', '?series=1,2', '?series=1&points=raw', '?system=shop&metric=queue.length@http-json'],
    events: ['', '?kind=alert', '?kind=config,source&system=shop', '?from=1&to=99999999999999', '?before=99999999999999'],
    flags: ['', '?system=shop'],
    alerts: ['', '?state=resolved', '?state=all&system=shop', '?state=all&from=1&to=99999999999999'],
    notes: ['', '?system=shop'],
    mapping: ['', '?system=shop'],
  }
  const names = (Object.keys(ROUTES) as RouteName[]).filter((name) => ROUTES[name].method === 'GET')
  const calls = names.flatMap((name) => (queries[name] ?? ['']).map((query) => ({ name, path: `${ROUTES[name].path}${query}` })))

  it.each(calls)('GET $path answers as its schema says', async ({ name, path }) => {
    const answer = await fetch(`${collector.url}/api/v1${path}`)
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([200, 'application/json; charset=utf-8', 'no-store'])
    const said: unknown = await answer.json()
    expect(ROUTES[name].response.safeParse(said).error).toBeUndefined()
    if (Array.isArray(said) && !path.startsWith('/alerts')) expect(said).not.toEqual([])
  })

  it('says what interfaces promise by name', async () => {
    const number = expect.any(Number) as number
    expect(await collector.json('/status')).toMatchObject({
      version: expect.any(String) as string, startedAt: number, now: number, systems: 2, sources: { ok: 2, failing: 0 }, viewers: 1,
      store: { kind: 'sqlite', bytes: number, samples: number, oldestAt: number, writable: true }, config: { ok: true }, demo: false,
    })
    expect(await collector.json('/systems')).toMatchObject([
      {
        id: 'shop', name: 'shop', presets: expect.any(Array) as unknown[], state: 'ok', alerts: { warning: 0, critical: 0 },
        sources: [{ id: 'http-json', type: 'http-json', state: 'ok', lastOkAt: number, everySeconds: 1, tookSeconds: number }],
        headroom: [{ resource: 'sessions', metric: 'sessions.active', used: 12, limit: 100, tested: 40, unit: 'count', usedPercent: 12, limitFrom: 'config' }],
        texts: [{ source: 'http-json', path: 'recommendations', lines: ['All is well.'], at: number }],
      },
      { id: 'still' },
    ])
    expect(await collector.json('/alerts?state=resolved')).toMatchObject([
      { flag: 'queue-long', system: 'shop', series: number, severity: 'warning', state: 'resolved', line: 40, unit: 'count', since: number, firedAt: number, resolvedAt: number, title: 'Long queue', steps: ['Wait.'], why: { ours: true } },
    ])
    expect(await collector.json('/flags?system=shop')).toContainEqual(expect.objectContaining({ id: 'queue-long', line: 40, holdSeconds: 0, severity: 'warning', supplied: true }))
  })

  it.each(['/nothing', '/systems/1', '/range', '/range?series=x', '/range?series=1&from=5&to=4', '/events?kind=gossip', '/alerts?limit=0', '/notes?limit=9999', '/systems?at=yesterday', '/systems?recording=none'])(
    'GET %s is refused with a code and what to do',
    async (path) => {
      const answer = await fetch(`${collector.url}/api/v1${path}`)
      const { error } = ErrorBody.parse(await answer.json())
      expect(answer.status).toBe(/nothing|systems\/1|recording/.test(path) ? 404 : 400)
      expect(error.message.length).toBeGreaterThan(20)
    },
  )
})

describe('a past moment', () => {
  it.each(OF_A_MOMENT)('GET %s answers as it did then', async (path) => {
    const past = await collector.json(`${path}${path.includes('?') ? '&' : '?'}at=${then.at}`)
    expect(past).toEqual(then.answers.get(path))
  })

  it('is another than now', async () => {
    const now = new Map<string, unknown>()
    for (const path of ['/systems', '/series', '/alerts?state=all', '/notes']) now.set(path, await collector.json(path))
    for (const [path, answer] of now) expect(answer, path).not.toEqual(then.answers.get(path))
  })
})

describe('a range', () => {
  const spike = (buckets: z.infer<typeof Range>): number => Math.max(...(buckets.series[0]?.max ?? []).map((value) => value ?? 0))

  it.each([1, 2, 7, 30, 300, 5_000])('in %i points has the spike of a single answer, and its least value', async (points) => {
    const span = `system=shop&metric=queue.length&from=${then.at - 60_000}&to=${Date.now() + 1_000}`
    const buckets = await collector.range(`${span}&points=${points}`)
    expect(spike(buckets)).toBe(977)
    expect(Math.min(...(buckets.series[0]?.min ?? []).map((value) => value ?? Infinity))).toBe(2)
    for (const { t, min, max, avg, last } of buckets.series) {
      expect(t.length).toBeLessThanOrEqual(Math.max(2, points))
      for (const [index, least] of min.entries()) {
        const [greatest, mean, latest] = [max[index], avg[index], last[index]]
        if (least === null) expect([greatest, mean, latest]).toEqual([null, null, null])
        else expect((mean ?? -1) >= least && (mean ?? Infinity) <= (greatest ?? -1) && (latest ?? -1) >= least).toBe(true)
      }
    }
  })

  it('of raw samples is every one of them, page by page', async () => {
    const whole = await collector.samples('shop', 'up')
    const t: number[] = []
    let next: string | undefined = `/api/v1/range?system=shop&metric=up&from=0&to=${Date.now()}&points=raw&limit=2`
    while (next !== undefined) {
      const answer: Response = await fetch(new URL(next, collector.url))
      t.push(...(RawRange.parse(await answer.json()).series[0]?.t ?? []))
      next = /^<([^>]+)>; *rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1]
    }
    expect(whole.t.slice(0, t.length)).toEqual(t)
    expect(t.length).toBeGreaterThanOrEqual(4)
  })
})

describe('a list in pages', () => {
  it('of events leads from the first to the last, each once and in order', async () => {
    const to = (await collector.status()).now
    const found = (await pages(`/events?to=${to}`, Event, 4)).flat().map(({ seq }) => seq)
    expect(found).toEqual((await collector.events(`to=${to}`)).map(({ seq }) => seq))
    expect(found.length).toBeGreaterThan(8)
  })

  it('of notes leads from the newest to the oldest', async () => {
    const found = await pages('/notes', Note, 2)
    expect(found.length).toBeGreaterThanOrEqual(2)
    expect(found.flat().map(({ text }) => text)).toEqual(['Afterwards.', 'Lab 2.', 'Lab 1.', 'Doors open.'])
  })
})

describe('what machines ask', () => {
  it('/healthz and /readyz', async () => {
    for (const path of ['/healthz', '/readyz']) expect((await fetch(`${collector.url}${path}`)).status).toBe(200)
    expect(JSON.parse(await collector.text('/readyz'))).toEqual({ ready: true, reasons: [] })
  })

  it('/metrics is Prometheus text, with the newest value of every series', async () => {
    const answer = await fetch(`${collector.url}/metrics`)
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    const text = await answer.text()
    expect(text.endsWith('\n')).toBe(true)
    const label = String.raw`[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*"`
    const sample = new RegExp(String.raw`^[a-zA-Z_:][\w:]*(?:\{${label}(?:,${label})*\})? (?:[-+]?(?:\d+(?:\.\d+)?(?:e[-+]?\d+)?|Inf)|NaN)$`)
    const lines = text.trimEnd().split('\n')
    for (const line of lines) expect(line).toMatch(line.startsWith('#') ? /^# (HELP|TYPE) [a-zA-Z_:][\w:]* ./ : sample)
    const named = lines.filter((line) => !line.startsWith('#')).map((line) => line.slice(0, line.lastIndexOf(' ')))
    expect(new Set(named).size).toBe(named.length)
    const typed = new Set(lines.flatMap((line) => /^# TYPE (\S+)/.exec(line)?.[1] ?? []))
    expect(named.every((name) => typed.has(name.replace(/\{.*/, '')))).toBe(true)
    expect(lines).toContain('headroom_sample{system="shop",source="http-json",metric="sessions.active"} 12')
    expect(lines.filter((line) => line.startsWith('headroom_sample')).length).toBe((await collector.series()).length)
  })

  it('/openapi.json names every route, and /config/schema every key of a system', async () => {
    const document = z.object({ openapi: z.string().startsWith('3.1'), paths: z.record(z.string(), z.record(z.string(), z.unknown())) }).parse(await collector.json('/openapi.json'))
    for (const { method, path } of Object.values(ROUTES)) expect(document.paths[`/api/v1${path.replaceAll(/:(\w+)/g, '{$1}')}`]).toHaveProperty(method.toLowerCase())
    const schema = JSON.stringify(await collector.json('/config/schema'))
    for (const key of ['systems', 'preset', 'sources', 'http-json', 'flags', 'limits', 'storage']) expect(schema).toContain(`"${key}"`)
  })

  it('ends as it began: nothing in the log, nobody kept waiting', async () => {
    await until(
      () => collector.longestGap('shop'),
      (gap) => gap > 0 && gap <= 2,
    )
    expect(collector.log.filter((line) => / (warn|error) /.test(line))).toEqual([])
  })
})
