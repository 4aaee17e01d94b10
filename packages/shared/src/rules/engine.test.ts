import { describe, expect, it } from 'vitest'
import type { Alert } from '../model/alert.ts'
import { flagOf, type FlagWords } from '../testing/flag.ts'
import { START, tell } from '../testing/rule-test.ts'
import { TestWorld, type WorldWords } from '../testing/rule-world.ts'
import { createEngine } from './engine.ts'
import type { RuleEngine } from './types.ts'

const cpu = { id: 'cpu-high', metric: 'cpu.used_percent', above: 80, for: '30s' } as const

/** An engine over one series, and what it tells of values given as [seconds, value]. */
function bench(words: FlagWords = cpu, worldWords: WorldWords = {}) {
  const world = new TestWorld(worldWords, START)
  const series = world.add(words.metric ?? '')
  const engine = createEngine([flagOf(words)], world)
  const give = (...values: [seconds: number, value: number | null][]): string[] =>
    values.flatMap(([seconds, value]) =>
      said(world, engine.step([{ series: series.id, at: START + seconds * 1_000, value }], START + seconds * 1_000)),
    )
  return { world, series, engine, give }
}

function said(world: TestWorld, alerts: readonly Alert[]): string[] {
  return alerts.map((alert) => tell(alert, world, START))
}

describe('time', () => {
  it('[RU11] a sample no newer than the newest judged never rewrites what was judged', () => {
    const { engine, series, world, give } = bench()
    expect(give([0, 85], [20, 85])).toEqual(['0s cpu-high pending 85'])
    expect(
      engine.step(
        [
          { series: series.id, at: START + 10_000, value: 10 },
          { series: series.id, at: START + 20_000, value: 10 },
        ],
        START + 21_000,
      ),
    ).toEqual([])
    expect(said(world, engine.step([{ series: series.id, at: START + 30_000, value: 85 }], START + 30_000))).toEqual([
      '30s cpu-high firing 85',
    ])
  })

  it('[RU11] samples of one step are put in order of time', () => {
    const { engine, series, world } = bench()
    const samples = [30, 0, 10, 20].map((seconds) => ({ series: series.id, at: START + seconds * 1_000, value: 85 }))
    expect(said(world, engine.step(samples, START + 30_000))).toEqual([
      '0s cpu-high pending 85',
      '30s cpu-high firing 85',
    ])
  })

  it('[RU11] word of staleness older than the newest value is no news', () => {
    const { engine, series, give } = bench()
    give([0, 85], [10, 85])
    expect(engine.step([{ series: series.id, at: START + 5_000, value: null }], START + 10_000)).toEqual([])
  })

  it('[RU12] a clock that is set back wedges no hold: what was held goes on being held', () => {
    const { give } = bench()
    expect(give([3_600, 85], [3_610, 85], [20, 85], [30, 85])).toEqual(['3600s cpu-high pending 85'])
    expect(give([40, 85])).toEqual(['40s cpu-high firing 85'])
  })

  it('[RU12] a firing alert clears after the clock was set back', () => {
    const { give } = bench({ ...cpu, for: 0 })
    expect(give([3_600, 85], [0, 85], [10, 70])).toEqual(['3600s cpu-high firing 85', '10s cpu-high resolved 70'])
  })

  it('[RU12] windows move back with it', () => {
    const { give } = bench({ id: 'killed', kind: 'count', metric: 'kills.total', window: '1m', above: 0 })
    expect(give([3_600, 1], [3_610, 2], [0, 2], [40, 2], [61, 2])).toEqual([
      '3610s killed firing 1',
      '61s killed resolved 0',
    ])
  })
})

describe('what an alert is', () => {
  it("[RU14] it has the same id however often it is judged, and carries its flag's words", () => {
    const { engine, series } = bench({ ...cpu, title: 'CPU', say: 'Wait', steps: ['Look'], severity: 'critical' })
    const [pending] = engine.step([{ series: series.id, at: START, value: 85 }], START)
    expect(pending).toEqual({
      id: `app/cpu-high/1/${START}`,
      flag: 'cpu-high',
      system: 'app',
      series: 1,
      severity: 'critical',
      state: 'pending',
      value: 85,
      line: 80,
      unit: 'percent',
      since: START,
      title: 'CPU',
      say: 'Wait',
      steps: ['Look'],
      why: { text: 'a test', document: 'test', figure: '', ours: true },
    })
    const [firing] = engine.step([{ series: series.id, at: START + 30_000, value: 90 }], START + 30_000)
    expect(firing).toEqual({ ...pending, state: 'firing', firedAt: START + 30_000, value: 90 })
    expect(engine.open()).toEqual([firing])
  })

  it('[RU14] an alert of several series together has no series', () => {
    const { engine, series } = bench({ id: 'queue', metric: 'queue.length', over: 'sum', above: 50 })
    expect(engine.step([{ series: series.id, at: START, value: 60 }], START)[0]).toMatchObject({
      id: `app/queue/${START}`,
      line: 50,
      unit: 'count',
    })
  })

  it('[RU14] a flag whose words cannot be read never fires, and stops no other', () => {
    const world = new TestWorld({}, START)
    const { id } = world.add('up')
    const engine = createEngine(
      [flagOf({ id: 'bad', metric: 'up +', below: 1 }), flagOf({ id: 'down', metric: 'up', below: 1 })],
      world,
    )
    expect(said(world, engine.step([{ series: id, at: START, value: 0 }], START))).toEqual(['0s down firing 0'])
  })
})

describe('memory', () => {
  it('[RU25] text that is no memory of this version starts afresh', () => {
    for (const text of [
      '',
      '{',
      '{}',
      '{"version":99}',
      'null',
      '{"version":1,"now":null,"latest":[],"flags":[{"key":1}]}',
    ]) {
      const { engine, give } = bench()
      engine.restore(text)
      expect(give([0, 85])).toEqual(['0s cpu-high pending 85'])
    }
  })

  it('[RU25] a restored alert of a flag that is no longer so is resolved at the next step', () => {
    const { engine, give, world } = bench({ ...cpu, for: 0 })
    give([0, 85])
    const other = createEngine([flagOf({ ...cpu, above: 90 })], world)
    other.restore(engine.snapshot())
    expect(other.open()).toEqual([])
    expect(said(world, other.step([], START + 20_000))).toEqual(['20s cpu-high resolved 85'])
    expect(other.step([], START + 30_000)).toEqual([])
  })

  it('[RU25] what is remembered does not grow with time', () => {
    const { engine, series } = bench({
      id: 'requests',
      kind: 'count',
      metric: 'requests.per_minute',
      window: '1h',
      above: 1e9,
    })
    const sizes = [1_000, 4_000].map((count) => {
      for (let index = 0; index < count; index += 1)
        step(engine, series.id, index * 5 + (count === 4_000 ? 5_000 : 0), index)
      return engine.snapshot().length
    })
    expect(Math.max(...sizes)).toBeLessThan(6_000)
  })

  it('[RU25] instances long gone are forgotten', () => {
    const world = new TestWorld({}, START)
    const engine = createEngine(
      [flagOf({ id: 'killed', kind: 'count', metric: 'kills.total', window: '1m', above: 0 })],
      world,
    )
    const day = 86_400
    for (let index = 0; index < 20; index += 1)
      step(engine, world.add('kills.total', { instance: `i${index}` }).id, index * 2 * day, 1)
    expect(engine.snapshot().match(/"kind":"count"/g)?.length).toBeLessThanOrEqual(2)
  })
})

function step(engine: RuleEngine, series: number, seconds: number, value: number): void {
  engine.step([{ series, at: START + seconds * 1_000, value }], START + seconds * 1_000)
}

describe('a new configuration', () => {
  const at = (seconds: number): number => START + seconds * 1_000

  it('[RU26] flags that are the same keep what was held', () => {
    const { engine, give, world } = bench()
    give([0, 85], [10, 85])
    expect(engine.replaceFlags([flagOf({ id: 'other', metric: 'up', below: 1 }), flagOf(cpu)], at(15))).toEqual([])
    expect(engine.open()).toHaveLength(1)
    expect(give([20, 85], [30, 85])).toEqual(['30s cpu-high firing 85'])
    expect(said(world, engine.replaceFlags([], at(35)))).toEqual(['35s cpu-high resolved 85'])
    expect(engine.open()).toEqual([])
  })

  it('[RU26] a flag whose line changed starts again, its alert resolved', () => {
    const { engine, give, world } = bench({ ...cpu, for: 0 })
    give([0, 85])
    expect(said(world, engine.replaceFlags([flagOf({ ...cpu, for: 0, above: 84 })], at(5)))).toEqual([
      '5s cpu-high resolved 85',
    ])
    expect(give([10, 85])).toEqual(['10s cpu-high firing 85'])
  })

  it('[RU26] new words reach an open alert, which stays the same', () => {
    const { engine, give } = bench()
    give([0, 85])
    const [before] = engine.open()
    const changed = engine.replaceFlags([flagOf({ ...cpu, severity: 'critical', title: 'Hot' })], at(5))
    expect(changed).toEqual([{ ...before, severity: 'critical', title: 'Hot' }])
    expect(engine.open()).toEqual(changed)
  })

  it('[RU10] an alert of a source that is no longer configured, or no longer primary, is resolved', () => {
    const { engine, give, series, world } = bench({ ...cpu, for: 0 })
    give([0, 85])
    series.everyMs = 0
    expect(said(world, engine.step([], at(5)))).toEqual(['5s cpu-high resolved 85'])
    series.everyMs = 10_000
    give([10, 85])
    series.primary = false
    expect(said(world, engine.step([], at(15)))).toEqual(['15s cpu-high resolved 85'])
    expect(give([20, 99])).toEqual([])
  })
})
