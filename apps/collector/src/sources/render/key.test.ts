import { describe, expect, it, onTestFinished } from 'vitest'
import { serve } from '../testing/serve.ts'
import { render } from './render.ts'
import { fakeRender, MINUTE, newest, open, paths, poll, pollAll } from './testing/poll.ts'
import { fakeService, fakeStore } from './testing/world.ts'

describe('one key', () => {
  const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `srv-s${index}`)

  it('asks once for all of its sources, many resources at a time', async () => {
    const ids = many(120)
    const { fake, clock } = await fakeRender({ resources: ids.map((id) => fakeService(id)) })
    const sources = ids.map((service) => open(fake, clock, { service, events: false }))
    const readings = await pollAll(clock, sources)
    expect(readings.every(({ error, points }) => error === undefined && points.length > 50)).toBe(true)
    const cpu = fake.asked.filter(({ pathname }) => pathname.endsWith('/metrics/cpu'))
    expect(cpu.map(({ searchParams }) => searchParams.getAll('resource').length)).toEqual([100, 20])
    expect(paths(fake).filter((path) => path === '/services')).toHaveLength(2)
    expect(fake.asked.length).toBeLessThan(25)
  })

  it('waits for those that are opened within seconds, and asks for them together', async () => {
    const ids = many(50)
    const { fake, clock } = await fakeRender({ resources: ids.map((id) => fakeService(id)) })
    await poll(clock, open(fake, clock, { service: 'srv-s0', events: false }))
    const rest = ids.slice(1).map((service) => open(fake, clock, { service, events: false }))
    const readings = rest.map(async (source) => source.poll(new AbortController().signal))
    await clock.advance(3_000)
    expect((await Promise.all(readings)).every(({ error, points }) => error === undefined && points.length > 50)).toBe(
      true,
    )
    expect(paths(fake).filter((path) => path === '/metrics/cpu')).toHaveLength(2)
  })

  it('gives a service that two systems watch to both, and asks about it once', async () => {
    const { fake, clock } = await fakeRender()
    const readings = await pollAll(clock, [open(fake, clock), open(fake, clock)])
    expect(readings.map((reading) => newest(reading)['cpu.used_percent'])).toEqual([25, 25])
    expect(paths(fake).filter((path) => path === '/metrics/cpu')).toHaveLength(1)
  })

  it('stays under the limit with 300 services, and hears of the events of each within minutes', async () => {
    const ids = many(300)
    const { fake, clock } = await fakeRender({ resources: ids.map((id) => fakeService(id)) })
    const source = open(fake, clock, { service: ids, maxSeries: 9_999 })
    for (let minute = 0; minute < 5; minute++) {
      const before = fake.asked.length
      expect((await poll(clock, source)).error).toBeUndefined()
      expect(fake.asked.length - before).toBeLessThan(320)
      await clock.advance(MINUTE - 150)
    }
    expect(new Set(paths(fake).filter((path) => path.endsWith('/events'))).size).toBe(300)
    expect(fake.refused).toBe(0)
  })

  it('that others use up as well is left to them before it is empty', async () => {
    const { fake, clock } = await fakeRender({
      limit: 20,
      resources: ['srv-web', 'srv-other'].map((id) => fakeService(id)),
    })
    const source = open(fake, clock)
    await poll(clock, source)
    await clock.advance(5_000)
    const reading = await poll(clock, open(fake, clock, { service: 'srv-other' }))
    expect(reading.error).toMatchObject({ code: 'throttled', message: expect.stringContaining('no more reads') })
    expect([fake.refused, fake.asked.length <= 20]).toEqual([0, true])
  })

  it('waits as long as Render says after a 429', async () => {
    const { fake, clock } = await fakeRender()
    fake.goWrong(/./, 429, { message: 'Too many requests' }, { 'retry-after': '90' })
    const source = open(fake, clock)
    expect(await poll(clock, source)).toMatchObject({ up: null, error: { code: 'throttled' }, points: [] })
    await clock.advance(MINUTE)
    expect((await poll(clock, source)).error?.code).toBe('throttled')
    expect(fake.asked).toHaveLength(1)
    await clock.advance(MINUTE)
    expect((await poll(clock, source)).error).toBeUndefined()
  })

  it('is remembered to have been asked when its last source leaves, and comes back', async () => {
    const { fake, clock } = await fakeRender()
    fake.goWrong(/./, 429, {}, { 'retry-after': '90' })
    const source = open(fake, clock)
    await poll(clock, source)
    await source[Symbol.asyncDispose]()
    expect((await poll(clock, open(fake, clock))).error?.code).toBe('throttled')
    expect(fake.asked).toHaveLength(1)
  })

  it('reads a reset that is a moment, and a `Retry-After` that is a date', async () => {
    for (const headers of [
      (now: number) => ({ 'ratelimit-remaining': '0', 'ratelimit-reset': String(Math.round(now / 1_000) + 90) }),
      (now: number) => ({ 'retry-after': new Date(now + 90_000).toUTCString() }),
    ]) {
      const { fake, clock } = await fakeRender()
      fake.goWrong(/./, 429, {}, headers(clock.now()))
      const source = open(fake, clock)
      await poll(clock, source)
      await clock.advance(MINUTE)
      await poll(clock, source)
      expect(fake.asked).toHaveLength(1)
      await clock.advance(MINUTE)
      expect((await poll(clock, source)).error).toBeUndefined()
    }
  })

  it('of one who tries a source on the screen is asked apart, and may not be sent everywhere', async () => {
    const { fake, clock } = await fakeRender()
    const refuseAddress = (address: string): string | null => `${address} is not for you`
    const reading = await poll(clock, open(fake, clock, undefined, { refuseAddress }))
    expect(reading.error).toMatchObject({ code: 'forbidden' })
    expect(fake.asked).toHaveLength(0)
  })
})

describe('what goes wrong', () => {
  it('a wrong key is one question, and is not shown', async () => {
    const { fake, clock } = await fakeRender()
    const source = open(fake, clock)
    const key = fake.key
    fake.key = 'rnd_another'
    const reading = await poll(clock, source)
    expect(reading).toMatchObject({ up: null, error: { code: 'wrong_key' }, points: [] })
    expect(JSON.stringify(reading)).not.toContain(key)
    expect(fake.asked).toHaveLength(1)
  })

  it('an unknown service is named; the others are read all the same', async () => {
    const { fake, clock } = await fakeRender()
    const source = open(fake, clock, { service: ['srv-web', 'srv-gone'] })
    const reading = await poll(clock, source)
    expect(reading.error).toMatchObject({ code: 'unknown_service', message: expect.stringContaining('srv-gone') })
    expect(newest(reading)['cpu.used_percent{service="srv-web"}']).toBe(25)
    expect(fake.asked.some(({ searchParams }) => searchParams.getAll('resource').includes('srv-gone'))).toBe(false)
    fake.resources.set('srv-gone', fakeService('srv-gone'))
    await clock.advance(6 * MINUTE)
    expect((await poll(clock, source)).error).toBeUndefined()
  })

  it('an address at which there is no list is not taken for five unknown services', async () => {
    const { fake, clock } = await fakeRender()
    const service = ['srv-a', 'srv-b', 'srv-c', 'srv-d', 'srv-e']
    const reading = await poll(clock, open(fake, clock, { service, url: fake.url.replace('/v1', '/v0') }))
    expect([reading.error?.code, fake.asked.length]).toEqual(['not_render', 1])
  })

  it('a service alone that is unknown gives nothing', async () => {
    const { fake, clock } = await fakeRender()
    const reading = await poll(clock, open(fake, clock, { service: 'srv-gone' }))
    expect(reading).toMatchObject({ up: null, error: { code: 'unknown_service' }, points: [] })
  })

  it.each([
    [/services\/srv-web$/, 403, {}, 'no_permission', 'its owner must be a member'],
    [/services\/srv-web$/, 503, '<html>', 'render_down', 'status.render.com'],
    [/services\/srv-web$/, 200, '<html>login', 'not_render', 'check `url`'],
    [
      /metrics\/cpu\?/,
      400,
      { message: 'bad\nresolution' },
      'http_status',
      "cpu of srv-web: Render's API answers HTTP 400: bad resolution",
    ],
    [/metrics\/cpu\?/, 200, { data: [] }, 'not_render', 'cpu'],
    [/events/, 402, { message: 'upgrade' }, 'plan', 'upgrade'],
  ])('%s answering %i is named', async (match, status, body, code, words) => {
    const { fake, clock } = await fakeRender()
    fake.goWrong(match, status, body)
    expect((await poll(clock, open(fake, clock))).error).toMatchObject({
      code,
      message: expect.stringContaining(words),
    })
  })

  it('one metric that fails leaves the others, and comes again', async () => {
    const { fake, clock } = await fakeRender()
    const source = open(fake, clock)
    fake.goWrong(/metrics\/http-latency/, 400)
    const reading = await poll(clock, source)
    expect([reading.up, reading.error?.code, newest(reading)['latency.p95_seconds']]).toEqual([
      1,
      'http_status',
      undefined,
    ])
    expect(newest(reading)['cpu.used_percent']).toBe(25)
    await clock.advance(MINUTE)
    const after = await poll(clock, source)
    expect([after.error, newest(after)['latency.p95_seconds']]).toEqual([undefined, 0.95])
    expect(after.points.filter(({ metric }) => metric === 'latency.p95_seconds').length).toBeGreaterThan(10)
  })

  it('more points than Render gives are asked for in parts, then more coarsely', async () => {
    const ids = ['srv-a', 'srv-b']
    const { fake, clock } = await fakeRender({ resources: ids.map((id) => fakeService(id)), maxPoints: 9 })
    const reading = await poll(clock, open(fake, clock, { service: ids }))
    expect(reading.error).toBeUndefined()
    expect(newest(reading)).toMatchObject({
      'cpu.used_percent{service="srv-a"}': 25,
      'requests.per_minute{service="srv-b"}': 120,
    })
    const cpu = fake.asked
      .filter(({ pathname }) => pathname.endsWith('/metrics/cpu'))
      .map(({ searchParams }) => searchParams)
    expect(cpu.map((query) => [query.getAll('resource').length, query.get('resolutionSeconds')])).toContainEqual([
      1,
      '300',
    ])
  })

  it('a 500 that passes leaves the values as fine as before', async () => {
    const { fake, clock } = await fakeRender()
    const source = open(fake, clock)
    fake.goWrong(/metrics\/cpu\?/, 500)
    expect((await poll(clock, source)).error).toBeUndefined()
    await clock.advance(11 * MINUTE)
    await poll(clock, source)
    const cpu = fake.asked.filter(({ pathname }) => pathname.endsWith('/metrics/cpu'))
    expect(cpu.map(({ searchParams }) => searchParams.get('resolutionSeconds'))).toEqual(['60', '300', '60'])
  })

  it('what only web services have is not asked of a worker', async () => {
    const { fake, clock } = await fakeRender({ resources: [fakeService('srv-web', { type: 'background_worker' })] })
    const reading = await poll(clock, open(fake, clock))
    expect([reading.error, paths(fake).some((path) => path.includes('http-'))]).toEqual([undefined, false])
    expect(newest(reading)['cpu.used_percent']).toBe(25)
  })

  it('lines that do not say whose they are are asked for one by one', async () => {
    const { fake, clock } = await fakeRender({ resources: [fakeService('srv-a'), fakeService('srv-b')] })
    const nameless = {
      labels: [],
      unit: 'instances',
      values: [{ timestamp: new Date(clock.now()).toISOString(), value: 7 }],
    }
    fake.goWrong(/instance-count.*srv-a.*srv-b/, 200, [nameless, nameless])
    const source = open(fake, clock, { service: ['srv-a', 'srv-b'] })
    expect(newest(await poll(clock, source))).toMatchObject({
      'instances.count{service="srv-a"}': 1,
      'instances.count{service="srv-b"}': 1,
    })
  })

  it('a service on the free plan, a static site, and one without values say so', async () => {
    for (const [own, code] of [
      [{ plan: 'free' }, 'free_plan'],
      [{ type: 'static_site' }, 'no_values'],
      [
        {
          metrics: {
            cpu: () => undefined,
            memory: () => undefined,
            'instance-count': () => undefined,
            bandwidth: () => undefined,
            'http-requests': () => undefined,
            'http-latency': () => undefined,
          },
        },
        'no_values',
      ],
    ] as const) {
      const { fake, clock } = await fakeRender({ resources: [fakeService('srv-web', own)] })
      const reading = await poll(clock, open(fake, clock))
      expect([reading.up, reading.error?.code]).toEqual([1, code])
      expect(newest(reading)['instances.count']).toBeUndefined()
    }
  })

  it('a clock that is wrong is said, and Render asked in its own time', async () => {
    for (const [aheadMs, words] of [
      [-10 * MINUTE, '10m ahead of'],
      [10 * MINUTE, '10m behind'],
    ] as const) {
      const { fake, clock } = await fakeRender({ aheadMs })
      const source = open(fake, clock)
      const reading = await poll(clock, source)
      expect(reading.error).toMatchObject({ code: 'clock', message: expect.stringContaining(words) })
      expect(newest(reading)['cpu.used_percent']).toBe(25)
      const newestAt = Math.max(...reading.points.flatMap(({ at }) => at ?? []))
      expect(fake.now - newestAt).toBeLessThan(MINUTE)
    }
  })

  it('a redirect elsewhere does not take the key along', async () => {
    const taken: (string | undefined)[] = []
    const thief = await serve((request, response) => {
      taken.push(request.headers.authorization)
      response.end('{}')
    })
    onTestFinished(() => thief[Symbol.asyncDispose]())
    const { fake, clock } = await fakeRender()
    fake.goWrong(/./, 302, {}, { location: `${thief.url}/v1/services` })
    expect((await poll(clock, open(fake, clock))).error?.code).toBe('redirect')
    expect(taken).toEqual([])
  })

  it('no answer at all ends at the timeout, without holding up the next', async () => {
    const { fake, clock } = await fakeRender()
    const mute = await serve(() => undefined)
    onTestFinished(() => mute[Symbol.asyncDispose]())
    const source = open(fake, clock, { service: 'srv-web', url: `${mute.url}/v1` })
    const reading = poll(clock, source)
    while (mute.connections() === 0) await new Promise((resolve) => setImmediate(resolve))
    await clock.advance(20_000)
    expect(await reading).toMatchObject({ up: null, error: { code: 'timeout' }, points: [] })
  })

  it('an interval that ends before Render answers gives what there is', async () => {
    const { fake, clock } = await fakeRender()
    const controller = new AbortController()
    const source = open(fake, clock)
    const reading = source.poll(controller.signal)
    controller.abort()
    expect((await reading).points).toEqual([])
  })
})

describe('its options', () => {
  const problems = (given: object): string[] =>
    render.schema
      .safeParse({ apiKey: 'rnd_1', ...given })
      .error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? []

  it('name what is watched, by ids of the right kind', () => {
    expect(problems({ service: 'srv-a', postgres: ['dpg-a', 'dpg-b-a'], keyvalue: 'red-a' })).toEqual([])
    expect(problems({ service: 'crn-a' })).toEqual([])
    expect(problems({})).toEqual(['service is missing: give the id of a `service`, of a `postgres` or of a `keyvalue`'])
    expect(problems({ service: 'dpg-a' }).join()).toContain('srv-abc123')
    expect(problems({ service: 'srv-a', apiKey: 'two words' }).join()).toContain('apiKey')
  })

  it('send the key nowhere unencrypted, but to this machine', () => {
    expect(problems({ service: 'srv-a', url: 'http://proxy.example.com/v1' }).join()).toContain('must be https')
    expect(problems({ service: 'srv-a', url: 'https://proxy.example.com/v1' })).toEqual([])
    expect(problems({ service: 'srv-a', url: 'http://127.0.0.1:9/v1' })).toEqual([])
    expect(problems({ service: 'srv-a', url: 'http://127.0.0.1.example.com/v1' }).join()).toContain('must be https')
  })

  it('are described without the key', () => {
    const options = render.schema.parse({ apiKey: 'rnd_1', service: ['srv-a', 'srv-b'], postgres: ['dpg-c', 'dpg-d'] })
    expect(render.describe(options)).toBe('srv-a, srv-b, dpg-c and 1 more')
    expect(render.describe({ ...options, url: 'https://proxy.example.com/v1' })).toContain('at proxy.example.com')
  })

  it('are not those of a store alone', async () => {
    const { fake, clock } = await fakeRender({ resources: [fakeStore('red-kv')] })
    const reading = await poll(clock, open(fake, clock, { keyvalue: 'red-kv' }))
    expect(newest(reading)['redis.clients']).toBe(12)
    expect(paths(fake).some((path) => path.includes('http-requests'))).toBe(false)
  })
})
