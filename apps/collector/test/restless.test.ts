import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Collector, temporaryFolder, watched } from './support/collector.ts'
import { Endpoint, hangUp, inTurn, json } from './support/endpoint.ts'
import { LiveClient } from './support/live-client.ts'
import { until } from './support/until.ts'

/** A process behind a balancer: its own counter and uptime, which rise with every request. */
function server(requests: number, uptime: number): () => unknown {
  let answers = 0
  return () => ({
    status: 'ok',
    requests_total: requests + 5 * ++answers,
    uptime_seconds: uptime + 2 * answers,
    active_sessions: 4,
  })
}

const stack = new AsyncDisposableStack()
let collector: Collector
let viewer: LiveClient

beforeAll(async () => {
  const folder = stack.use(await temporaryFolder())
  const healthy = json({ status: 'ok', queue_length: 1 })
  const neighbour = stack.use(await Endpoint.open(healthy))
  // A connection that breaks is tried once more, on a new one.
  const flapping = stack.use(await Endpoint.open(inTurn(healthy, hangUp, hangUp)))
  const balanced = stack.use(await Endpoint.open(inTurn(json(server(90_000, 86_400)), json(server(40, 120)))))
  const systems = [
    watched('neighbour', neighbour.url),
    watched('flapping', flapping.url),
    watched('balanced', balanced.url),
  ]
  collector = stack.use(await Collector.start(folder.path, `systems:\n${systems.join('')}`))
  viewer = stack.use(await LiveClient.open(collector.url))
  await until(
    async () => (await collector.samples('flapping', 'up')).v.length,
    (samples) => samples >= 8,
  )
})
afterAll(() => stack.disposeAsync())

describe('a system that answers, refuses, answers, refuses', () => {
  it('is said to do so by its values', async () => {
    const { v } = await collector.samples('flapping', 'up')
    expect(v.slice(1).every((value, index) => value !== v[index])).toBe(true)
  })

  it('fires no alert: one failure is not down, one answer is not well again', async () => {
    expect((await collector.alerts('system=flapping')).filter(({ firedAt }) => firedAt !== undefined)).toEqual([])
    expect(viewer.of('alert').filter(({ alert }) => alert.state === 'firing')).toEqual([])
  })

  it('is asked at its usual pace, and its state stays what it was', async () => {
    expect(await collector.longestGap('flapping')).toBeLessThanOrEqual(2)
    const states = (await collector.events('kind=system&system=flapping')).map(
      (event) => event.kind === 'system' && event.state,
    )
    expect(states.filter((state) => state !== 'unknown')).toEqual(['ok'])
  })

  it('says its reason each time, and no more than that', async () => {
    const events = await collector.events('kind=source,alert&system=flapping')
    const { v } = await collector.samples('flapping', 'up')
    expect(events.length).toBeLessThanOrEqual(2 * v.length + 2)
    expect(collector.log.filter((line) => line.includes('flapping'))).toEqual([])
  })
})

describe('a system whose balancer lets several processes answer in turn', () => {
  it('shows its counter as a spread, and never makes a rate of the difference between two processes', async () => {
    const series = await collector.series('system=balanced')
    expect(series.find(({ metric }) => metric === 'requests.per_minute')).toBeUndefined()
    const counter = series.find(({ metric }) => metric.startsWith('requests') && metric !== 'requests.per_minute')
    expect(counter).toMatchObject({ spread: true })
    const range = await collector.range(`series=${counter?.id}&from=${Date.now() - 60_000}&to=${Date.now()}&points=2`)
    const both = (list: (number | null)[] | undefined): number[] => (list ?? []).filter((value) => value !== null)
    expect(Math.min(...both(range.series[0]?.min))).toBeLessThan(1_000)
    expect(Math.max(...both(range.series[0]?.max))).toBeGreaterThan(90_000)
  })

  it('was not restarted: no flag, no note', async () => {
    expect(await collector.alerts('system=balanced')).toEqual([])
    expect(await collector.notes()).toEqual([])
    expect(await collector.system('balanced')).toMatchObject({ state: 'ok' })
  })

  it('gives its gauges as ever', async () => {
    expect(new Set((await collector.samples('balanced', 'sessions.active')).v)).toEqual(new Set([4]))
  })
})

it('disturbs nobody else', async () => {
  expect(await collector.longestGap('neighbour')).toBeLessThanOrEqual(2)
  expect(await collector.events('kind=source&system=neighbour')).toHaveLength(1)
  expect((await collector.system('neighbour')).state).toBe('ok')
})
