import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Collector, temporaryFolder, watched } from './support/collector.ts'
import { type Behaviour, Endpoint, forEver, hangUp, json, raw, silence } from './support/endpoint.ts'
import { until } from './support/until.ts'

const HEALTHY = { status: 'healthy', queue_length: 3, memory_percent: 40 }

type Trouble = { id: string; behaviour: Behaviour; code: string; says: RegExp; up: 0 | 1 }

/** What a system may answer instead of its numbers, and the reason that is given for each. */
const TROUBLES: readonly Trouble[] = [
  {
    id: 'html',
    behaviour: raw('<!doctype html><title>Sign in</title>', 'text/html'),
    code: 'html',
    says: /web page instead of JSON/,
    up: 0,
  },
  { id: 'empty', behaviour: raw(''), code: 'empty', says: /body is empty/, up: 0 },
  {
    id: 'cut-short',
    behaviour: raw('{"queue_length": 3, "memo'),
    code: 'not_json',
    says: /not JSON.*cut short/,
    up: 0,
  },
  {
    id: 'large',
    behaviour: raw(Buffer.alloc(30_000_000, ' ')),
    code: 'too_large',
    says: /body larger than 2 MiB/,
    up: 0,
  },
  { id: 'endless', behaviour: forEver, code: 'unending', says: /body did not end within 0.7 s/, up: 0 },
  { id: 'silent', behaviour: silence, code: 'timeout', says: /no answer within 0.7 s/, up: 0 },
  { id: 'hangs-up', behaviour: hangUp, code: 'reset', says: /closed before a whole answer came/, up: 0 },
  {
    id: 'server-error',
    behaviour: raw('Internal Server Error', 'text/plain', 500),
    code: 'http_status',
    says: /HTTP 500: the service fails inside/,
    up: 0,
  },
  {
    id: 'no-token',
    behaviour: json({ detail: 'no' }, 401),
    code: 'http_status',
    says: /HTTP 401: it asks for a token/,
    up: 1,
  },
  {
    id: 'redirect',
    behaviour: (response) =>
      void response.writeHead(302, { location: 'https://login.invalid/sign-in?next=%2Fhealth' }).end(),
    code: 'redirect',
    says: /sends us to https:\/\/login\.invalid.*another host/,
    up: 1,
  },
]

const ids = TROUBLES.map(({ id }) => id)
const stack = new AsyncDisposableStack()
let collector: Collector
const endpoints = new Map<string, Endpoint>()

// One collector watches all of them at once, beside a neighbour that nothing is wrong with.
beforeAll(async () => {
  const folder = stack.use(await temporaryFolder())
  for (const id of [...ids, 'neighbour']) endpoints.set(id, stack.use(await Endpoint.open(json(HEALTHY))))
  // Only those that will not answer are waited for so briefly.
  const soon = { source: 'timeout: 700ms' }
  const systems = [...endpoints].map(([id, { url }]) => watched(id, url, id === 'neighbour' ? {} : soon))
  collector = stack.use(await Collector.start(folder.path, `systems:\n${systems.join('')}`))
  await collector.all('ok', ...ids, 'neighbour')
  for (const { id, behaviour } of TROUBLES) Object.assign(endpoints.get(id) ?? {}, { behaviour })
})
afterAll(() => stack.disposeAsync())

describe('a system that answers something else than its numbers', () => {
  it.each(TROUBLES)('$id: fails as $code, in words', async ({ id, code, says }) => {
    expect(await collector.failing(id, code)).toMatch(says)
  })

  it.each(TROUBLES)('$id: its values are unknown, not zero and not the last ones', async ({ id, up }) => {
    const series = await until(
      () => collector.series(`system=${id}`),
      (views) => views.some(({ metric, stale }) => metric === 'queue.length' && stale === true),
    )
    expect(series.find(({ metric }) => metric === 'queue.length')).toMatchObject({ value: 3, stale: true })
    expect(series.find(({ metric }) => metric === 'up')).toMatchObject({ value: up })
    const { v } = await collector.samples(id, 'queue.length')
    expect(new Set(v)).toEqual(new Set([3]))
  })

  it.each(TROUBLES.filter(({ up }) => up === 0))('$id: is down, which is an alert', async ({ id }) => {
    const system = await until(
      () => collector.system(id),
      ({ down }) => down,
    )
    expect(system).toMatchObject({ state: 'critical', alerts: { critical: 1 } })
    expect(await collector.alerts(`system=${id}`)).toContainEqual(
      expect.objectContaining({ flag: 'down', state: 'firing', severity: 'critical' }),
    )
  })

  it.each(TROUBLES.filter(({ up }) => up === 1))('$id: did answer, so it is unknown and not down', async ({ id }) => {
    const system = await until(
      () => collector.system(id),
      ({ state }) => state === 'unknown',
    )
    expect(system.down).toBe(false)
    expect((await collector.alerts(`system=${id}`)).filter(({ flag }) => flag === 'down')).toEqual([])
  })

  it.each(TROUBLES)('$id: the reason is kept as an event', async ({ id, code }) => {
    const events = await collector.events(`kind=source&system=${id}`)
    expect(events).toContainEqual(
      expect.objectContaining({ state: 'failing', error: expect.objectContaining({ code }) as unknown }),
    )
  })

  it('disturbs nobody else: the neighbour was asked all the time and is ok', async () => {
    expect(await collector.longestGap('neighbour')).toBeLessThanOrEqual(2)
    expect(await collector.system('neighbour')).toMatchObject({ state: 'ok', alerts: { warning: 0, critical: 0 } })
    expect(await collector.events('kind=source&system=neighbour')).toHaveLength(1)
    expect((await collector.alerts()).filter(({ system }) => system === 'neighbour')).toEqual([])
  })

  it('costs a sign in the log and no memory: a body of 30 MB is not kept', async () => {
    expect((await collector.status()).self.rssBytes).toBeLessThan(1e9)
    expect(collector.log.filter((line) => / error /.test(line))).toEqual([])
  })

  it('is well again as soon as it answers: no value missing, the alert resolved', async () => {
    for (const endpoint of endpoints.values()) endpoint.behaviour = json(HEALTHY)
    await collector.all('ok', ...ids)
    expect(await collector.alerts('state=open')).toEqual([])
    expect(
      (await collector.alerts('state=resolved'))
        .filter(({ flag }) => flag === 'down')
        .map(({ system }) => system)
        .toSorted(),
    ).toEqual(
      TROUBLES.filter(({ up }) => up === 0)
        .map(({ id }) => id)
        .toSorted(),
    )
  })
})
