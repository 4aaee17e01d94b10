import { ErrorBody, ROUTES, type RouteName } from '@headroom/shared/contracts.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Collector } from './support/collector.ts'
import { OF_A_MOMENT, smallDay, type SmallDay } from './support/small-day.ts'
import { until } from './support/until.ts'

let day: SmallDay
let collector: Collector

beforeAll(async () => {
  day = await smallDay()
  collector = day.collector
})
afterAll(async () => day[Symbol.asyncDispose]())

describe('every reading call', () => {
  const queries: Partial<Record<RouteName, string[]>> = {
    systems: [''],
    series: ['', '?system=shop', '?all=1', '?limit=1&after=1'],
    range: [
      '?system=shop',
      '?system=shop&metric=queue.length&points=10',
      '?series=1,2',
      '?series=1&points=raw',
      '?system=shop&metric=queue.length@http-json',
    ],
    events: [
      '',
      '?kind=alert',
      '?kind=config,source&system=shop',
      '?from=1&to=99999999999999',
      '?before=99999999999999',
    ],
    flags: ['', '?system=shop'],
    alerts: ['', '?state=resolved', '?state=all&system=shop', '?state=all&from=1&to=99999999999999'],
    notes: ['', '?system=shop'],
    mapping: ['', '?system=shop'],
    answers: ['?system=shop', '?system=shop&source=http-json'],
    frames: ['', '?wait=100', '?stream=none&after=5'],
  }
  const names = (Object.keys(ROUTES) as RouteName[]).filter((name) => ROUTES[name].method === 'GET')
  const calls = names.flatMap((name) =>
    (queries[name] ?? ['']).map((query) => ({ name, path: `${ROUTES[name].path}${query}` })),
  )

  it.each(calls)('GET $path answers as its schema says', async ({ name, path }) => {
    const answer = await fetch(`${collector.url}/api/v1${path}`)
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
      200,
      'application/json; charset=utf-8',
      'no-store',
    ])
    const said: unknown = await answer.json()
    expect(ROUTES[name].response.safeParse(said).error).toBeUndefined()
    if (Array.isArray(said) && !path.startsWith('/alerts')) expect(said).not.toEqual([])
  })

  it('says what interfaces promise by name', async () => {
    const number = expect.any(Number) as number
    expect(await collector.json('/status')).toMatchObject({
      version: expect.any(String) as string,
      startedAt: number,
      now: number,
      systems: 2,
      sources: { ok: 2, failing: 0 },
      viewers: 1,
      store: { kind: 'sqlite', bytes: number, samples: number, oldestAt: number, writable: true },
      config: { ok: true, readAt: number, problems: [] },
      demo: false,
      self: { cpuPercent: number, rssBytes: number, commitP99Ms: number, latenessP99Ms: number, dropped: 0 },
    })
    const { store, startedAt, config, now } = await collector.status()
    expect(store.freeBytes).toBeGreaterThan(0)
    expect(store.bytesPerDay).toBeNull()
    expect(config.readAt).toBeGreaterThan(startedAt - 60_000)
    expect(config.readAt).toBeLessThanOrEqual(now)
    expect(await collector.json('/systems')).toMatchObject([
      {
        id: 'shop',
        name: 'shop',
        presets: expect.any(Array) as unknown[],
        state: 'ok',
        alerts: { warning: 0, critical: 0 },
        sources: [
          { id: 'http-json', type: 'http-json', state: 'ok', lastOkAt: number, everySeconds: 1, tookSeconds: number },
        ],
        headroom: [
          {
            resource: 'sessions',
            metric: 'sessions.active',
            used: 12,
            limit: 100,
            tested: 40,
            unit: 'count',
            usedPercent: 12,
            limitFrom: 'config',
          },
        ],
        texts: [{ source: 'http-json', path: 'recommendations', lines: ['All is well.'], at: number }],
      },
      { id: 'still' },
    ])
    expect(await collector.json('/alerts?state=resolved')).toMatchObject([
      {
        flag: 'queue-long',
        system: 'shop',
        series: number,
        severity: 'warning',
        state: 'resolved',
        line: 40,
        unit: 'count',
        since: number,
        firedAt: number,
        resolvedAt: number,
        title: 'Long queue',
        steps: ['Wait.'],
        why: { ours: true },
      },
    ])
    expect(await collector.json('/planned')).toMatchObject([
      {
        id: 'wed',
        name: 'Wednesday workshop',
        systems: ['shop'],
        timezone: 'Europe/Amsterdam',
        startAt: Date.parse('2026-11-25T08:00Z'),
        endAt: Date.parse('2026-11-25T11:00Z'),
        people: 30,
        runsheet: [{ at: Date.parse('2026-11-25T08:30Z'), name: 'Lab 1' }],
      },
    ])
    expect(await collector.json('/answers?system=shop')).toMatchObject([
      { system: 'shop', source: 'http-json', at: number, status: 200, truncated: false, removed: 0 },
    ])
    expect(await collector.json('/flags?system=shop')).toContainEqual(
      expect.objectContaining({ id: 'queue-long', line: 40, holdSeconds: 0, severity: 'warning', supplied: true }),
    )
  })

  it.each([
    '/nothing',
    '/systems/1',
    '/range',
    '/range?series=x',
    '/range?series=1&from=5&to=4',
    '/range?series=1,999999',
    '/series?limit=0',
    '/events?kind=gossip',
    '/alerts?limit=0',
    '/notes?limit=9999',
    '/systems?at=yesterday',
    '/systems?recording=none',
    '/answers',
    '/frames?wait=60000',
    '/frames?after=-1',
  ])('GET %s is refused with a code and what to do', async (path) => {
    const answer = await fetch(`${collector.url}/api/v1${path}`)
    const { error } = ErrorBody.parse(await answer.json())
    expect(answer.status).toBe(/nothing|systems\/1|recording|999999/.test(path) ? 404 : 400)
    expect(error.message.length).toBeGreaterThan(20)
  })
})

describe('a past moment', () => {
  it.each(OF_A_MOMENT)('GET %s answers as it did then', async (path) => {
    const past = await collector.json(`${path}${path.includes('?') ? '&' : '?'}at=${day.calm.at}`)
    expect(past).toEqual(day.calm.answers.get(path))
  })

  it('is another than now', async () => {
    const now = new Map<string, unknown>()
    for (const path of ['/systems', '/series', '/alerts?state=all', '/notes']) now.set(path, await collector.json(path))
    for (const [path, answer] of now) expect(answer, path).not.toEqual(day.calm.answers.get(path))
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
    const sample = new RegExp(
      String.raw`^[a-zA-Z_:][\w:]*(?:\{${label}(?:,${label})*\})? (?:[-+]?(?:\d+(?:\.\d+)?(?:e[-+]?\d+)?|Inf)|NaN)$`,
    )
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
    const document = z
      .object({ openapi: z.string().startsWith('3.1'), paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
      .parse(await collector.json('/openapi.json'))
    for (const { method, path } of Object.values(ROUTES))
      expect(document.paths[`/api/v1${path.replaceAll(/:(\w+)/g, '{$1}')}`]).toHaveProperty(method.toLowerCase())
    const schema = JSON.stringify(await collector.json('/config/schema'))
    for (const key of ['systems', 'preset', 'sources', 'http-json', 'flags', 'limits', 'storage'])
      expect(schema).toContain(`"${key}"`)
  })

  it('ends as it began: nothing in the log, nobody kept waiting', async () => {
    await until(
      () => collector.longestGap('shop'),
      (gap) => gap > 0 && gap <= 2,
    )
    expect(collector.log.filter((line) => / (warn|error) /.test(line))).toEqual([])
  })
})
