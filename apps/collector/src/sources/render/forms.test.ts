import { describe, expect, it } from 'vitest'
import { fakeRender, MINUTE, newest, notes, open, paths, poll } from './testing/poll.ts'
import { fakeService } from './testing/world.ts'

const at = (clock: { now(): number }, minutesAgo: number): string =>
  new Date(clock.now() - minutesAgo * MINUTE).toISOString().replace('.000Z', '.123456789Z')

describe('an answer in another permitted form', () => {
  it('of values: numbers as text, null for what is not there, more than is asked for', async () => {
    const { fake, clock } = await fakeRender()
    const label = { field: 'resource', value: 'srv-web' }
    const series = (values: unknown[], more = {}): unknown[] => [{ labels: [label], unit: 'bytes', values, ...more }]
    fake.goWrong(/memory-limit/, 200, series([{ timestamp: at(clock, 2), value: '2147483648', unit: 'bytes' }]))
    fake.goWrong(
      /metrics\/memory\?/,
      200,
      series([
        { timestamp: at(clock, 2), value: '1073741824' },
        { timestamp: at(clock, 1), value: null },
        { timestamp: null, value: 1 },
      ]),
    )
    fake.goWrong(/metrics\/cpu\?/, 200, [{ labels: null, unit: null, values: null, extra: true }])
    const reading = await poll(clock, open(fake, clock))
    expect(reading.error).toBeUndefined()
    expect(newest(reading)).toMatchObject({ 'memory.used_percent': 50, 'requests.per_minute': 120 })
    expect(newest(reading)['cpu.used_percent']).toBeUndefined()
  })

  it('of a service: null for what it does not have', async () => {
    const { fake, clock } = await fakeRender()
    const serviceDetails = { plan: null, region: 'frankfurt', numInstances: null, autoscaling: null }
    fake.goWrong(/services\/srv-web$/, 200, { id: 'srv-web', name: null, suspended: 'not_suspended', serviceDetails })
    const reading = await poll(clock, open(fake, clock))
    expect(reading.error).toBeUndefined()
    expect(newest(reading)['healthy']).toBe(1)
    expect(reading.texts).toEqual([{ path: 'Render', lines: ['srv-web: frankfurt'] }])
  })

  it('of events: pages shorter than is asked for, and reasons of another form', async () => {
    const { fake, clock } = await fakeRender({ maxPage: 2 })
    const source = open(fake, clock)
    await poll(clock, source)
    await clock.advance(MINUTE)
    fake.happen('srv-web', 'server_failed', { reason: { oomKilled: true, evicted: null, nonZeroExit: null } })
    fake.happen('srv-web', 'server_failed', { reason: { oomKilled: { memoryLimit: null } } })
    fake.happen('srv-web', 'server_failed', { reason: { unhealthy: 'HTTP 500', nonZeroExit: '0' } })
    fake.happen('srv-web', 'server_restarted', null)
    fake.happen('srv-web', 'deploy_ended', { status: 3, deployStatus: null, reason: { failure: { nonZeroExit: 137 } } })
    const reading = await poll(clock, source)
    expect(reading.error).toBeUndefined()
    expect(notes(reading)).toEqual([
      'restart: web: Server failed: out of memory.',
      'restart: web: Server failed: out of memory.',
      'restart: web: Server failed: its health check failed (HTTP 500).',
      'restart: web: Restarted.',
      'deploy: web: Deploy ended: killed (exit 137), mostly for want of memory.',
    ])
    expect(newest(reading)['kills.total']).toBe(4)
  })

  it('of events that is no list is said', async () => {
    const { fake, clock } = await fakeRender()
    fake.goWrong(/events/, 200, { events: [] })
    expect((await poll(clock, open(fake, clock))).error).toEqual({
      code: 'not_render',
      message: "events of srv-web: the answer is not what Render's API gives; check `url`, and a proxy between",
    })
  })

  it('of the list of services: pages shorter than is asked for', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id) => `srv-${id}`)
    const { fake, clock } = await fakeRender({ resources: ids.map((id) => fakeService(id)), maxPage: 3 })
    const reading = await poll(clock, open(fake, clock, { service: ids, maxSeries: 500 }))
    expect(reading.error).toBeUndefined()
    expect(paths(fake).filter((path) => path.startsWith('/services') && !path.endsWith('/events'))).toEqual([
      '/services',
      '/services',
      '/services',
    ])
  })
})
