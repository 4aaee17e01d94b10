import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Collector, temporaryFolder, watched } from './support/collector.ts'
import { Endpoint, inTurn, json, raw } from './support/endpoint.ts'
import { until } from './support/until.ts'

/** Bodies that take back what their 200 says. */
const UNHEALTHY = {
  'says-error': { status: 'error', queue_length: 4 },
  'says-unhealthy': { status: 'unhealthy', queue_length: 4 },
  'says-403': { status: 403, queue_length: 4 },
  'has-error': { error: 'the database is away', queue_length: 4 },
}
const unhealthy = Object.keys(UNHEALTHY)

const stack = new AsyncDisposableStack()
let collector: Collector

beforeAll(async () => {
  const folder = stack.use(await temporaryFolder())
  const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`measure_${index}_value`, index]))
  const changing = [7, 'seven', { a: 1, b: 2 }, [1, 2, 3], null, true, 7].map((queue_length) =>
    json({ status: 'ok', queue_length, other: 1 }),
  )
  const bodies = {
    neighbour: json({ status: 'ok', queue_length: 1 }),
    overloaded: json(
      { status: 'overloaded', message: 'too many uploads at once', memory_percent: 91, queue_length: 50 },
      503,
    ),
    odd: raw(
      '{"status":"ok","memory_percent":NaN,"cpu_percent":Infinity,"disk_percent":"85%","note":"85","queue_length":null,"active_sessions":9}',
    ),
    changing: inTurn(...changing),
    many: json({ status: 'ok', ...many }),
    ...Object.fromEntries(Object.entries(UNHEALTHY).map(([id, document]) => [id, json(document)])),
  }
  const systems: string[] = []
  for (const [id, behaviour] of Object.entries(bodies))
    systems.push(watched(id, stack.use(await Endpoint.open(behaviour)).url))
  collector = stack.use(await Collector.start(folder.path, `systems:\n${systems.join('')}`))
  await collector.all('ok', 'neighbour')
})
afterAll(() => stack.disposeAsync())

describe('a 200 whose body says otherwise', () => {
  it.each(unhealthy)('%s: is critical, by a flag that says so, and its values are read all the same', async (id) => {
    await collector.all('critical', id)
    expect(await collector.alerts(`system=${id}`)).toMatchObject([
      { flag: 'says-it-is-unhealthy', state: 'firing', severity: 'critical' },
    ])
    expect(await collector.value(id, 'healthy')).toBe(0)
    expect(await collector.value(id, 'up')).toBe(1)
    expect(await collector.value(id, 'queue.length')).toBe(4)
  })
})

describe('a 503 with a document', () => {
  it('is a system in trouble that still says its numbers, at its usual pace', async () => {
    expect(await collector.failing('overloaded', 'http_status')).toMatch(
      /HTTP 503: the service says it is overloaded or not ready/,
    )
    await until(
      async () => (await collector.samples('overloaded', 'memory.used_percent')).v.length,
      (samples) => samples >= 5,
    )
    expect(new Set((await collector.samples('overloaded', 'memory.used_percent')).v)).toEqual(new Set([91]))
    expect(await collector.longestGap('overloaded')).toBeLessThanOrEqual(2)
    expect(await collector.value('overloaded', 'up')).toBe(0)
    expect((await collector.system('overloaded')).texts).toMatchObject([{ lines: ['too many uploads at once'] }])
    expect((await collector.series('system=overloaded')).filter(({ stale }) => stale === true)).toEqual([])
  })
})

describe('values that are none', () => {
  it('are left out one by one, each with its reason, and the others count', async () => {
    expect(await collector.value('odd', 'sessions.active')).toBe(9)
    const metrics = (await collector.series('system=odd')).map(({ metric }) => metric)
    expect(await collector.value('odd', 'disk.used_percent')).toBe(85)
    for (const metric of ['memory.used_percent', 'cpu.used_percent', 'queue.length'])
      expect(metrics).not.toContain(metric)
    const mapping = JSON.stringify(await collector.json('/mapping?system=odd'))
    expect(mapping).toMatch(/"path":"memory_percent"[^}]*NaN or Infinity, not a number/)
    expect(mapping).toMatch(/"path":"cpu_percent"[^}]*NaN or Infinity, not a number/)
    expect(mapping).toMatch(/"path":"note"[^}]*a number in a string/)
    expect((await collector.source('odd')).state).toBe('ok')
  })

  it('a key that changes its type keeps its series, with nothing made up in between', async () => {
    const { v } = await until(
      () => collector.samples('changing', 'queue.length'),
      ({ v: values }) => values.filter((value) => value === 7).length >= 3,
    )
    // Of a list its length is a queue's length; of the other forms nothing is.
    expect(v.every((value) => value === 7 || value === 3)).toBe(true)
    expect(
      (await collector.series('system=changing&all=1')).filter(({ metric }) => metric === 'queue.length'),
    ).toHaveLength(1)
    expect((await collector.source('changing')).state).toBe('ok')
    expect(
      (await collector.events('kind=source&system=changing')).every(
        (event) => event.kind !== 'source' || event.state === 'ok',
      ),
    ).toBe(true)
  })

  it('5,000 keys are 200 series; the rest is counted and shown', async () => {
    const { leftOut, state } = await collector.source('many')
    const series = await collector.series('system=many&all=1')
    expect(state).toBe('ok')
    expect(series.length).toBeLessThanOrEqual(203)
    expect(leftOut + series.length).toBeGreaterThanOrEqual(5_000)
    const before = series.map(({ id }) => id)
    await until(
      async () => (await collector.samples('many', 'up')).v.length,
      (samples) => samples >= 3,
    )
    expect((await collector.series('system=many&all=1')).map(({ id }) => id)).toEqual(before)
  })

  it('disturb nobody else', async () => {
    expect(await collector.system('neighbour')).toMatchObject({ state: 'ok', alerts: { warning: 0, critical: 0 } })
    expect(collector.log.filter((line) => / error /.test(line))).toEqual([])
  })
})
