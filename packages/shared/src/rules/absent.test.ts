import { describe, expect, it } from 'vitest'
import { flagOf } from '../testing/flag.ts'
import { ruleTest, START, tell } from '../testing/rule-test.ts'
import { TestWorld } from '../testing/rule-world.ts'
import { createEngine } from './engine.ts'

describe('absent', () => {
  const noData = { id: 'no-data', kind: 'absent', metric: 'up', severity: 'info' } as const

  it('[RU20] fires when a source gives nothing for more than three intervals, and clears with the next data', () => {
    expect(ruleTest({ flags: [noData], series: { up: '1 1 _x6 1' } })).toEqual([
      '50s no-data firing 40',
      '80s no-data resolved 0',
    ])
  })

  it('[RU20] the lag of a source is waited for', () => {
    expect(ruleTest({ lagMs: 60_000, flags: [noData], series: { up: '1 1 _x12' } })).toEqual([
      '110s no-data firing 100',
    ])
  })

  it('[RU20] a source that never gave data is not absent', () => {
    expect(ruleTest({ flags: [noData], series: { up: '0x9' } })).toEqual([])
    expect(ruleTest({ flags: [noData], series: { up: '_x9' } })).toEqual([])
  })

  it("[RU20] up 0 is the scraper's word, not data", () => {
    expect(ruleTest({ flags: [noData], series: { up: '1 0x5 1' } })).toEqual([
      '40s no-data firing 40',
      '70s no-data resolved 0',
    ])
  })

  it('[RU20] every source is listened to, the second as the first', () => {
    expect(ruleTest({ flags: [noData], series: { 'up@web': '1x8', 'up@redis': '1 1 _x6' } })).toEqual([
      '50s no-data firing 39',
    ])
  })

  it('[RU20] it obeys its hold', () => {
    expect(ruleTest({ flags: [{ ...noData, for: '20s' }], series: { up: '1 _x6 1 1 1' } })).toEqual([
      '30s no-data pending 40',
      '50s no-data firing 50',
      '90s no-data resolved 0',
    ])
    expect(ruleTest({ flags: [{ ...noData, for: '20s' }], series: { up: '1 _x3 1' } })).toEqual([])
  })

  it('[RU20] one instance that is gone is not a source that is silent', () => {
    expect(
      ruleTest({
        flags: [{ ...noData, metric: 'cpu.used_percent' }],
        series: { 'cpu.used_percent{instance="a"}': '5 5 _x8', 'cpu.used_percent{instance="b"}': '5x9' },
      }),
    ).toEqual([])
  })

  it("[RU20] the engine's own sleep is not the source's silence", () => {
    const world = new TestWorld({}, START)
    const { id } = world.add('up')
    const engine = createEngine([flagOf(noData)], world)
    engine.step([{ series: id, at: START, value: 1 }], START)
    const told: string[] = []
    for (const seconds of [3_600, 3_610, 3_620, 3_630, 3_640])
      told.push(...engine.step([], START + seconds * 1_000).map((alert) => tell(alert, world, START)))
    expect(told).toEqual(['3640s no-data firing 40'])
  })
})
