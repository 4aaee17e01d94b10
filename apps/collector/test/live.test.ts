import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Collector, temporaryFolder, watched } from './support/collector.ts'
import { Endpoint, json } from './support/endpoint.ts'
import { socketStatusWith, statusWith } from './support/headers.ts'
import { LiveClient } from './support/live-client.ts'
import { until } from './support/until.ts'

const stack = new AsyncDisposableStack()
let collector: Collector
let other: LiveClient

beforeAll(async () => {
  const folder = stack.use(await temporaryFolder())
  const endpoint = stack.use(await Endpoint.open(json({ status: 'ok', queue_length: 1 })))
  collector = stack.use(await Collector.start(folder.path, `systems:\n${watched('shop', endpoint.url)}`))
  await collector.all('ok', 'shop')
  other = stack.use(await LiveClient.open(collector.url))
})
afterAll(() => stack.disposeAsync())

describe('a dashboard', () => {
  it('is told everything first, then every change, without a hole', async () => {
    await other.ticks(3)
    expect(other.hello).toMatchObject({
      protocol: 1,
      role: 'admin',
      stored: true,
      systems: [{ id: 'shop', state: 'ok' }],
    })
    let last = other.hello.seq
    for (const frame of other.frames.slice(1)) {
      if (!('seq' in frame) || frame.seq === undefined || frame.kind === 'hello') continue
      expect(frame.prev).toBe(last)
      expect(frame.seq).toBeGreaterThan(last)
      last = frame.seq
    }
  })

  it('counts as a viewer while it is there', async () => {
    expect((await collector.status()).viewers).toBe(1)
    {
      using _second = await LiveClient.open(collector.url)
      expect((await collector.status()).viewers).toBe(2)
    }
    await until(
      () => collector.status(),
      ({ viewers }) => viewers === 1,
    )
  })

  it('that comes back is told what it missed, once', async () => {
    const { stream } = other.hello
    const { seq } = other.of('tick').at(-2) ?? { seq: 0 }
    using back = await LiveClient.open(collector.url)
    back.say(JSON.stringify({ kind: 'resume', stream, seq }))
    // What comes between its hello and its asking is told as ever, and then again.
    const missed = await until(
      () => back.of('tick').find(({ prev }) => prev === seq),
      (tick) => tick !== undefined,
    )
    expect(missed?.seq).toBe(other.of('tick').find((tick) => tick.seq > seq)?.seq)
    const since = back.of('tick').slice(back.of('tick').findIndex(({ prev }) => prev === seq))
    for (const [index, { prev }] of since.slice(1).entries()) expect(prev).toBe(since[index]?.seq)
  })
})

describe('a client that misbehaves is closed with a reason', () => {
  const cases = [
    { what: 'malformed JSON', say: ['{"kind":'], code: 1008, reason: /not JSON/ },
    { what: 'an unknown kind', say: ['{"kind":"shout"}'], code: 1008, reason: /unknown message/ },
    {
      what: 'a known kind with a key too many',
      say: ['{"kind":"ping","pong":true}'],
      code: 1008,
      reason: /unknown message/,
    },
    { what: 'a resume without its place', say: ['{"kind":"resume"}'], code: 1008, reason: /unknown message/ },
    { what: 'no object at all', say: ['null'], code: 1008, reason: /unknown message/ },
    { what: 'bytes', say: [new Uint8Array([1, 2, 3])], code: 1008, reason: /binary/ },
    {
      what: 'more than 16 KiB',
      say: [`{"kind":"subscribe","systems":["${'x'.repeat(16 * 1024)}"]}`],
      code: 1009,
      reason: /^/,
    },
    {
      what: 'a flood',
      say: Array.from({ length: 60 }, () => '{"kind":"ping"}'),
      code: 1008,
      reason: /too many messages/,
    },
  ]

  it.each(cases)('$what: $code', async ({ say, code, reason }) => {
    using client = await LiveClient.open(collector.url)
    for (const message of say) client.say(message)
    const closed = await client.end()
    expect(closed?.code).toBe(code)
    expect(closed?.reason).toMatch(reason)
  })

  it('16 KiB to the byte are fine', async () => {
    using client = await LiveClient.open(collector.url)
    const empty = '{"kind":"subscribe","systems":[""]}'
    client.say(empty.replace('""', `"${'x'.repeat(16 * 1024 - empty.length)}"`))
    client.say('{"kind":"ping"}')
    await until(
      () => client.of('pong').length,
      (pongs) => pongs === 1,
    )
    expect(client.closed).toBeUndefined()
  })

  it('and nobody else notices', async () => {
    await other.ticks(2)
    expect(other.closed).toBeUndefined()
    expect(other.of('gap')).toEqual([])
    expect(collector.log.filter((line) => / (warn|error) /.test(line))).toEqual([])
    await until(
      () => collector.status(),
      ({ viewers }) => viewers === 1,
    )
    expect(await collector.longestGap('shop')).toBeLessThanOrEqual(2)
  })
})

describe('whoever asks from elsewhere', () => {
  const host = (): string => new URL(collector.url).host
  const api = (): string => `${collector.url}/api/v1`

  it('a page of another origin gets no socket (403), our own page and programs do', async () => {
    expect(await socketStatusWith({ origin: 'https://evil.example' }, collector.url)).toBe(403)
    expect(await socketStatusWith({ origin: 'null' }, collector.url)).toBe(403)
    expect(await socketStatusWith({ origin: `http://${host()}` }, collector.url)).toBe(101)
    expect(await socketStatusWith({}, collector.url)).toBe(101)
  })

  it('a name that is not ours, rebound to this machine, gets nothing (421)', async () => {
    for (const wrong of ['evil.example', `evil.example:${new URL(collector.url).port}`, '127.0.0.1.evil.example']) {
      expect(await socketStatusWith({ host: wrong }, collector.url)).toBe(421)
      expect(await statusWith({ host: wrong }, `${api()}/systems`)).toBe(421)
      expect(await statusWith({ host: wrong }, collector.url)).toBe(421)
    }
    expect(await statusWith({ host: `localhost:${new URL(collector.url).port}` }, `${api()}/systems`)).toBe(200)
  })

  it('a page of another origin changes nothing (403)', async () => {
    expect(
      await statusWith({ origin: 'https://evil.example', 'content-type': 'text/plain' }, `${api()}/notes`, 'POST'),
    ).toBe(403)
    expect(await collector.notes()).toEqual([])
  })
})
