import { describe, expect, it } from 'vitest'
import { ruleTest } from '../testing/rule-test.ts'

describe('when', () => {
  it('[RU23] ever: it is enough that it was true once', () => {
    const down = { id: 'down', metric: 'up', below: 1, when: { metric: 'up', atLeast: 1, ever: true } } as const
    expect(ruleTest({ flags: [down], series: { up: '0 0 0' } })).toEqual([])
    expect(ruleTest({ flags: [down], series: { up: '0 1 _x9 0' } })).toEqual(['110s down firing 0'])
  })

  const idle = {
    id: 'idle',
    metric: 'memory.used_bytes',
    above: 100,
    when: { metric: 'requests.per_minute', atMost: 0, for: '30s' },
  } as const

  it('[RU23] for: it must have been true that long already; when it no longer is, the alert clears', () => {
    expect(
      ruleTest({ flags: [idle], series: { 'memory.used_bytes': '150x7', 'requests.per_minute': '9 0x4 9 0' } }),
    ).toEqual(['40s idle firing 150', '60s idle resolved 150'])
  })

  it('[RU23] a condition whose metric is missing or stale says nothing: no firing, no clearing', () => {
    expect(ruleTest({ flags: [idle], series: { 'memory.used_bytes': '150x7' } })).toEqual([])
    expect(
      ruleTest({ flags: [idle], series: { 'memory.used_bytes': '150x9', 'requests.per_minute@alb': '0x4 stale _x4' } }),
    ).toEqual(['40s idle firing 150'])
  })

  it('[RU23] several conditions must all be true', () => {
    const flag = {
      id: 'ping',
      metric: 'up@redis',
      below: 1,
      for: '2x',
      when: [
        { metric: 'up@redis', atLeast: 1, ever: true },
        { metric: 'up', atLeast: 1 },
      ],
    } as const
    expect(ruleTest({ flags: [flag], series: { 'up@web': '1x3', 'up@redis': '1 0 0 0' } })).toEqual([
      '11s ping pending 0',
      '21s ping firing 0',
    ])
    expect(ruleTest({ flags: [flag], series: { 'up@web': '1 0 0 0', 'up@redis': '1 0 0 0' } })).toEqual([])
  })

  it('[RU23] conditions may be arithmetic, and are joined on equal labels where there are such', () => {
    const flag = {
      id: 'pool',
      metric: 'db.connections',
      above: 5,
      when: { metric: '100 * db.pool.in_use / db.pool.limit', atLeast: 80 },
    } as const
    expect(
      ruleTest({
        flags: [flag],
        series: { 'db.connections': '9 9', 'db.pool.in_use': '30 40', 'db.pool.limit': '50 50' },
      }),
    ).toEqual(['10s pool firing 9'])
    const each = {
      id: 'm',
      metric: 'memory.used_percent',
      above: 50,
      when: { metric: 'requests.per_minute', atMost: 0 },
    } as const
    expect(
      ruleTest({
        flags: [each],
        series: {
          'memory.used_percent{instance="a"}': '60',
          'memory.used_percent{instance="b"}': '60',
          'requests.per_minute{instance="a"}': '0',
          'requests.per_minute{instance="b"}': '8',
        },
      }),
    ).toEqual(['0s m{instance="a"} firing 60'])
  })

  it('[RU23] rising and falling look back over `for`', () => {
    const flag = {
      id: 'leaked',
      metric: 'db.connections',
      above: 5,
      when: { metric: 'jobs.running', rising: false, for: '30s' },
    } as const
    expect(ruleTest({ flags: [flag], series: { 'db.connections': '9x5', 'jobs.running': '4x5' } })).toEqual([
      '30s leaked firing 9',
    ])
    expect(ruleTest({ flags: [flag], series: { 'db.connections': '9x5', 'jobs.running': '4+1x5' } })).toEqual([])
    const stuck = {
      id: 'stuck',
      metric: 'sessions.active',
      above: 0,
      when: { metric: 'sessions.active', falling: false, for: '30s' },
    } as const
    expect(ruleTest({ flags: [stuck], series: { 'sessions.active': '9-1x6' } })).toEqual([])
  })

  it('[RU23] event.ended_seconds counts from the end of the newest event that is over', () => {
    const stuck = {
      id: 'stuck',
      metric: 'sessions.active',
      above: 0,
      when: [{ metric: 'event.ended_seconds', atLeast: 20 }],
    } as const
    expect(ruleTest({ eventEnd: 20_000, flags: [stuck], series: { 'sessions.active': '9x6' } })).toEqual([
      '40s stuck firing 9',
    ])
    expect(ruleTest({ flags: [stuck], series: { 'sessions.active': '9x6' } })).toEqual([])
  })

  it("[RU23] a side condition of another source is seen at the flag's own judgements", () => {
    expect(
      ruleTest({
        flags: [{ ...idle, for: '20s' }],
        series: { 'memory.used_bytes': '150x9', 'requests.per_minute@alb': '0x9' },
      }),
    ).toEqual(['40s idle pending 150', '60s idle firing 150'])
  })
})
