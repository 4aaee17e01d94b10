import type { Reading } from '@headroom/shared/model/reading.ts'
import { describe, expect, it } from 'vitest'
import { FakeClock } from '../../lib/fake-clock.ts'
import { fakeRender, GATHERED, MINUTE, newest, notes, open, paths, poll } from './testing/poll.ts'
import { fakeService, fakeStore } from './testing/world.ts'

describe('a service', () => {
  it('gives its load as a share of its limits, requests by status, latency and instances', async () => {
    const { fake, clock } = await fakeRender()
    const reading = await poll(clock, open(fake, clock))
    expect([reading.up, reading.error]).toEqual([1, undefined])
    expect(newest(reading)).toEqual({
      healthy: 1,
      'kills.total': 0,
      'cpu.used_percent': 25,
      'memory.used_bytes': 2 ** 29,
      'memory.limit_bytes': 2 ** 31,
      'memory.used_percent': 25,
      'requests.per_minute': 120,
      'errors.percent': 0,
      'responses.per_minute{status="200"}': 120,
      'latency.p50_seconds': 0.5,
      'latency.p95_seconds': 0.95,
      'latency.p99_seconds': 0.99,
      'instances.count': 1,
      'render.bandwidth_bytes': 12.5e6,
    })
    expect(reading.texts).toEqual([
      { path: 'Render', lines: ['web (srv-web): web service, standard, frankfurt, 1 instance'] },
    ])
  })

  it('is mapped for `check`: what each value is, and of what Render gives none', async () => {
    const { fake, clock } = await fakeRender()
    const { mapped } = await poll(clock, open(fake, clock))
    expect(mapped.map(({ path, metric, value, how }) => [path, metric, value, how])).toEqual(
      expect.arrayContaining([
        ['web', 'cpu.used_percent', 25, 'known'],
        ['web: disk-capacity, disk-usage', '', 'Render gives no values', 'ignored'],
      ]),
    )
  })

  it('of several instances tells the one nearest to its limit, and each by itself', async () => {
    const instances = ['srv-web-aaaaa', 'srv-web-bbbbb']
    const cpu = (_: number, of: string): number => (of.endsWith('bbbbb') ? 0.9 : 0.1)
    const { fake, clock } = await fakeRender({ resources: [fakeService('srv-web', { instances, metrics: { cpu } })] })
    expect(newest(await poll(clock, open(fake, clock)))).toMatchObject({
      'cpu.used_percent': 90,
      'render.cpu_percent{instance="srv-web-aaaaa"}': 10,
      'render.cpu_percent{instance="srv-web-bbbbb"}': 90,
      'instances.count': 2,
    })
  })

  it('that answers 503 says how many, and that there are none any more', async () => {
    const begin = new FakeClock().now()
    const bad = (at: number, status: string): number | undefined =>
      status === '200' ? 90 : at >= begin && at < begin + MINUTE ? 30 : undefined
    const { fake, clock } = await fakeRender({
      resources: [fakeService('srv-web', { metrics: { 'http-requests': bad } })],
    })
    const source = open(fake, clock)
    expect(newest(await poll(clock, source))['responses.per_minute{status="503"}']).toBeUndefined()
    await clock.advance(MINUTE)
    expect(newest(await poll(clock, source))).toMatchObject({
      'responses.per_minute{status="503"}': 30,
      'errors.percent': 25,
    })
    await clock.advance(MINUTE)
    expect(newest(await poll(clock, source))).toMatchObject({
      'responses.per_minute{status="503"}': 0,
      'errors.percent': 0,
    })
  })

  it('whose plan does not limit it gives cores, and no share of nothing', async () => {
    const { fake, clock } = await fakeRender({
      resources: [fakeService('srv-web', { metrics: { 'cpu-limit': () => undefined } })],
    })
    const values = newest(await poll(clock, open(fake, clock)))
    expect([values['render.cpu_cores'], values['cpu.used_percent']]).toEqual([0.25, undefined])
  })

  it('that is suspended is not healthy; nothing else is said of it', async () => {
    const { fake, clock } = await fakeRender({ resources: [fakeService('srv-web', { suspended: true })] })
    const reading = await poll(clock, open(fake, clock))
    expect([reading.up, reading.error, newest(reading)]).toEqual([1, undefined, { healthy: 0, 'kills.total': 0 }])
  })
})

describe('Postgres and Key Value', () => {
  it('give connections and disk beside their load; several resources are told apart by their id', async () => {
    const dpg = fakeStore('dpg-db', { metrics: { 'replication-lag': () => 3 } })
    const { fake, clock } = await fakeRender({ resources: [dpg, fakeStore('red-kv', { status: 'unavailable' })] })
    const reading = await poll(clock, open(fake, clock, { postgres: 'dpg-db', keyvalue: ['red-kv'] }))
    expect(newest(reading)).toMatchObject({
      'db.connections{service="dpg-db"}': 12,
      'db.replication.lag_seconds{service="dpg-db"}': 3,
      'disk.used_percent{service="dpg-db"}': 40,
      'cpu.used_percent{service="dpg-db"}': 20,
      'redis.clients{service="red-kv"}': 12,
      'healthy{service="dpg-db"}': 1,
      'healthy{service="red-kv"}': 0,
    })
    expect(Object.keys(newest(reading)).filter((key) => /requests|kills/.test(key))).toEqual([])
  })
})

describe('points', () => {
  it('stand at their own times; windows overlap, and what was given already is not given again', async () => {
    const { fake, clock } = await fakeRender()
    const source = open(fake, clock)
    const first = await poll(clock, source)
    const times = (reading: Reading): number[] =>
      reading.points.flatMap(({ metric, at }) => (metric === 'memory.used_bytes' ? [at ?? 0] : []))
    expect(times(first).every((at) => at % MINUTE === 0 && at <= clock.now())).toBe(true)
    expect(times(first)).toHaveLength(15)
    await clock.advance(MINUTE)
    const second = await poll(clock, source)
    expect(times(second)).toEqual([Math.max(...times(first)) + MINUTE])
  })

  it('that Render corrects are given again', async () => {
    let late = 0.25
    const { fake, clock } = await fakeRender({ resources: [fakeService('srv-web', { metrics: { cpu: () => late } })] })
    const source = open(fake, clock)
    const first = await poll(clock, source)
    late = 0.75
    await clock.advance(MINUTE)
    const again = (await poll(clock, source)).points.filter(({ metric }) => metric === 'cpu.used_percent')
    expect(again.length).toBeGreaterThan(3)
    expect(first.points.some(({ metric, at }) => metric === 'cpu.used_percent' && at === again[0]?.at)).toBe(true)
  })

  it('of requests are those of whole minutes: half of one would be judged, and the rest of it never', async () => {
    const { fake, clock } = await fakeRender()
    await clock.advance(30_000)
    const reading = await poll(clock, open(fake, clock))
    const counts = reading.points.filter(({ metric }) => metric === 'requests.per_minute')
    expect(new Set(counts.map(({ value }) => value))).toEqual(new Set([120]))
    expect(Math.max(...counts.map(({ at }) => at ?? 0))).toBeLessThanOrEqual(clock.now() - MINUTE)
  })

  it('after an outage begin where they had ended', async () => {
    const { fake, clock } = await fakeRender()
    const source = open(fake, clock)
    const times = (reading: Reading): number[] =>
      reading.points.flatMap(({ metric, at }) => (metric === 'memory.used_bytes' && at !== undefined ? [at] : []))
    const before = times(await poll(clock, source))
    fake.goWrong(/./, 503)
    await clock.advance(20 * MINUTE)
    expect(await poll(clock, source)).toMatchObject({ up: null, error: { code: 'render_down' }, points: [] })
    await clock.advance(MINUTE)
    expect(times(await poll(clock, source))).toEqual(
      Array.from({ length: 21 }, (_, index) => Math.max(...before) + (index + 1) * MINUTE),
    )
  })

  it('of yesterday are kept at their time, and said', async () => {
    const day = 24 * 60 * MINUTE
    const { fake, clock } = await fakeRender()
    fake.goWrong(/metrics\/(?!memory\?)/, 200, [], {}, 99)
    fake.goWrong(/metrics\/memory\?/, 200, [
      { labels: [], unit: 'bytes', values: [{ timestamp: new Date(clock.now() - day).toISOString(), value: 5 }] },
    ])
    const reading = await poll(clock, open(fake, clock))
    expect(reading.error).toMatchObject({ code: 'old_values', message: expect.stringContaining('are 1d old') })
    expect(reading.points.find(({ metric }) => metric === 'memory.used_bytes')).toMatchObject({
      value: 5,
      at: clock.now() - GATHERED - day,
    })
  })
})

describe('events', () => {
  it('become notes at their times, each told once', async () => {
    const { fake, clock } = await fakeRender()
    const source = open(fake, clock)
    const at = clock.now() - 10 * MINUTE
    fake.happen('srv-web', 'deploy_started', { deployId: 'dep-1' }, at)
    fake.happen('srv-web', 'build_started', {}, at)
    fake.happen('srv-web', 'deploy_ended', { deployId: 'dep-1', deployStatus: 'live', status: 2 }, at + MINUTE)
    fake.happen(
      'srv-web',
      'server_restarted',
      { triggeredByUser: { id: 'usr-1', email: 'ann@example.com' } },
      at + 2 * MINUTE,
    )
    fake.happen('srv-web', 'instance_count_changed', { fromInstances: 1, toInstances: 2 }, at + 3 * MINUTE)
    fake.happen('srv-web', 'something_new', { x: 1 }, at + 4 * MINUTE)
    fake.happen('srv-web', 'maintenance_started', 'not an object', at + 5 * MINUTE)
    const reading = await poll(clock, source)
    expect(notes(reading)).toEqual([
      'deploy: web: Deploy started.',
      'deploy: web: Deploy live.',
      'restart: web: Restarted by hand.',
      'note: web: Scaled from 1 to 2 instances.',
      'note: web: Something new.',
      'note: web: Maintenance started.',
    ])
    expect(reading.happened?.[0]).toMatchObject({ id: 'evt-00000001', at })
    await clock.advance(MINUTE)
    fake.happen('srv-web', 'service_suspended')
    expect(notes(await poll(clock, source))).toEqual(['note: web: Suspended: it does not run.'])
  })

  it.each([
    [
      { reason: { oomKilled: { memoryLimit: '2GB' }, evicted: false }, instanceID: 'srv-web-a' },
      'out of memory, of 2GB (srv-web-a)',
    ],
    [{ reason: { nonZeroExit: 137, evicted: false } }, 'killed (exit 137), mostly for want of memory'],
    [{ reason: { nonZeroExit: 1, evicted: false } }, 'its process ended with exit 1'],
    [{ reason: { evicted: true, evictionReason: 'node\ndrained' } }, 'moved away by Render (node drained)'],
    [{ reason: { unhealthy: 'HTTP 500', evicted: false } }, 'its health check failed (HTTP 500)'],
    [
      { reason: { timedOutSeconds: 300, timedOutReason: 'no port', evicted: false } },
      'it timed out after 300 s (no port)',
    ],
    [{ reason: { earlyExit: true, evicted: false } }, 'its process ended early'],
    [{}, 'Render does not say why'],
    [{ reason: { oomKilled: 'odd' } }, 'Render does not say why'],
  ])('a failed server says why, and counts as killed: %j', async (details, words) => {
    const { fake, clock } = await fakeRender()
    const source = open(fake, clock)
    expect(newest(await poll(clock, source))['kills.total']).toBe(0)
    await clock.advance(MINUTE)
    fake.happen('srv-web', 'server_failed', details)
    const reading = await poll(clock, source)
    expect(notes(reading)).toEqual([`restart: web: Server failed: ${words}.`])
    expect(newest(reading)['kills.total']).toBe(1)
    await clock.advance(MINUTE)
    expect(newest(await poll(clock, source))['kills.total']).toBe(1)
  })

  it('a deploy that runs out of memory counts as well; one whose build fails does not', async () => {
    const { fake, clock } = await fakeRender()
    const source = open(fake, clock)
    await poll(clock, source)
    await clock.advance(MINUTE)
    fake.happen('srv-web', 'deploy_ended', { deployStatus: 'build_failed', reason: { buildFailed: { id: 'bld-1' } } })
    fake.happen('srv-web', 'deploy_ended', {
      deployStatus: 'update_failed',
      reason: { failure: { oomKilled: { memoryLimit: '512MB' }, evicted: false } },
    })
    const reading = await poll(clock, source)
    expect(notes(reading)).toEqual([
      'deploy: web: Deploy build failed: its build failed.',
      'deploy: web: Deploy update failed: out of memory, of 512MB.',
    ])
    expect(newest(reading)['kills.total']).toBe(1)
  })

  it('of hours ago are told and are no news; of a moment ago they are, for the collector may have been away', async () => {
    const { fake, clock } = await fakeRender()
    fake.happen('srv-web', 'server_failed', {}, clock.now() - 40 * MINUTE)
    fake.happen('srv-web', 'server_failed', {}, clock.now() - 2 * MINUTE)
    const reading = await poll(clock, open(fake, clock))
    expect([notes(reading).length, newest(reading)['kills.total']]).toEqual([2, 1])
    // Something happened only where there were none before.
    expect(reading.points).toContainEqual(
      expect.objectContaining({ metric: 'kills.total', value: 0, at: clock.now() - GATHERED - 2 * MINUTE - 1_000 }),
    )
  })

  it('of more than one page are all read', async () => {
    const { fake, clock } = await fakeRender()
    for (let index = 0; index < 130; index++)
      fake.happen('srv-web', 'server_available', {}, clock.now() - index * 1_000)
    expect(notes(await poll(clock, open(fake, clock)))).toHaveLength(130)
  })

  it('are not asked for where they are not wanted', async () => {
    const { fake, clock } = await fakeRender()
    const reading = await poll(clock, open(fake, clock, { service: 'srv-web', events: false }))
    expect(paths(fake).filter((path) => path.endsWith('/events'))).toEqual([])
    expect(newest(reading)['kills.total']).toBeUndefined()
  })
})
