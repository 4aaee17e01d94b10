import { describe, expect, it } from 'vitest'
import { ruleTest } from '../testing/rule-test.ts'

const MB = 2 ** 20

describe('leak', () => {
  const leak = { id: 'leak', kind: 'leak', metric: 'memory.used_bytes', above: 20 * MB } as const

  /** One value a minute, in MB. */
  function judge(values: readonly number[]): string[] {
    return ruleTest({
      everyMs: 60_000,
      flags: [leak],
      series: { 'memory.used_bytes': values.map((mb) => Math.round(mb * MB)).join(' ') },
    }).map((line) => line.replace(/[\d.]+$/, (bytes) => `${Math.round(Number(bytes) / MB)} MB/h`))
  }

  const minutes = Array.from({ length: 90 }, (_, minute) => minute)

  it('[RU18] fires on growth that never came back, once three quarters of the window shows it', () => {
    expect(judge(minutes.map((minute) => 100 + minute / 2))).toEqual(['2700s leak firing 30 MB/h'])
  })

  it('[RU18] slower growth is no leak', () => {
    expect(judge(minutes.map((minute) => 100 + minute / 4))).toEqual([])
  })

  it('[RU18] what is given back again and again is no leak', () => {
    expect(judge(minutes.map((minute) => 100 + (minute % 10) * 5))).toEqual([])
    expect(judge(minutes.map((minute) => 100 + (minute % 40)))).toEqual([])
  })

  it('[RU18] one step up is no leak', () => {
    expect(judge(minutes.map((minute) => (minute < 20 ? 100 : 160)))).toEqual([])
  })

  it('[RU18] a leak under a sawtooth, and under noise, is still one', () => {
    expect(judge(minutes.map((minute) => 100 + minute / 2 + (minute % 5) * 4)).length).toBe(1)
    expect(judge(minutes.map((minute) => 100 + minute / 2 + ((minute * 7919) % 13) / 6)).length).toBe(1)
  })

  it('[RU18] a release clears it', () => {
    const [firing, resolved] = judge(minutes.map((minute) => (minute < 60 ? 100 + minute / 2 : 100)))
    expect(firing).toBe('2700s leak firing 30 MB/h')
    expect(resolved).toBe('3600s leak resolved 0 MB/h')
  })

  it('[RU18] memory of it stays small', () => {
    const values = Array.from({ length: 2_000 }, (_, index) => 100 + index)
    expect(
      ruleTest({
        everyMs: 5_000,
        flags: [{ id: 'leak', kind: 'leak', metric: 'cache.items', above: 1e9 }],
        series: { 'cache.items': values.join(' ') },
      }),
    ).toEqual([])
  })

  it('[RU18] connections that rise while jobs do not: the difference leaks', () => {
    const flag = {
      id: 'connections',
      kind: 'leak',
      metric: 'db.connections - jobs.running',
      over: 'sum',
      window: '15m',
      above: 0,
    } as const
    const rising = Array.from({ length: 16 }, (_, minute) => 10 + minute).join(' ')
    expect(
      ruleTest({
        everyMs: 60_000,
        flags: [flag],
        series: {
          'db.connections{state="active"}': rising,
          'db.connections{state="idle"}': '5x15',
          'jobs.running': '4x15',
        },
      }),
    ).toEqual(['720s connections firing 60'])
    expect(
      ruleTest({
        everyMs: 60_000,
        flags: [flag],
        series: { 'db.connections{state="active"}': rising, 'jobs.running': rising },
      }),
    ).toEqual([])
  })
})
