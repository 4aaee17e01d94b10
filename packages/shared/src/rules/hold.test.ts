import { describe, expect, it } from 'vitest'
import { ruleTest } from '../testing/rule-test.ts'

const cpu = { id: 'cpu-high', metric: 'cpu.used_percent', above: 80 } as const

describe('firing and clearing', () => {
  it('[RU1] without a hold it fires at once, and clears at once at the clear level', () => {
    expect(ruleTest({ flags: [cpu], series: { 'cpu.used_percent': '80 81 80 77 76 90' } })).toEqual([
      '10s cpu-high firing 81',
      '40s cpu-high resolved 76',
      '50s cpu-high firing 90',
    ])
  })

  it('[RU2] continuous values clear 5 % inside the line, below as above', () => {
    expect(
      ruleTest({
        flags: [{ id: 'low', metric: 'memory.used_percent', below: 20 }],
        series: { 'memory.used_percent': '19 20 20.9 21' },
      }),
    ).toEqual(['0s low firing 19', '30s low resolved 21'])
  })

  it('[RU2] atLeast and atMost take the line itself in', () => {
    expect(
      ruleTest({
        flags: [{ id: 'full', metric: 'memory.used_percent', atLeast: 80 }],
        series: { 'memory.used_percent': '79.9 80 79 76' },
      }),
    ).toEqual(['10s full firing 80', '30s full resolved 76'])
    expect(ruleTest({ flags: [{ id: 'none', metric: 'load.1m', atMost: 0 }], series: { 'load.1m': '0 0.1' } })).toEqual(
      ['0s none firing 0', '10s none resolved 0.1'],
    )
  })

  it('[RU2] a percent that cannot come back 5 % clears half way to 100', () => {
    expect(
      ruleTest({
        flags: [{ id: 'low', metric: 'memory.used_percent', below: 99 }],
        series: { 'memory.used_percent': '98 99.4 99.5' },
      }),
    ).toEqual(['0s low firing 98', '20s low resolved 99.5'])
  })

  it('[RU2] counts clear at the first value that no longer meets the line', () => {
    expect(
      ruleTest({ flags: [{ id: 'people', metric: 'users.active', atLeast: 9 }], series: { 'users.active': '8 9 8' } }),
    ).toEqual(['10s people firing 9', '20s people resolved 8'])
    expect(ruleTest({ flags: [{ id: 'down', metric: 'up', below: 1 }], series: { up: '1 0 1' } })).toEqual([
      '10s down firing 0',
      '20s down resolved 1',
    ])
  })

  it('[RU3] clear: says another level', () => {
    expect(ruleTest({ flags: [{ ...cpu, clear: 50 }], series: { 'cpu.used_percent': '81 60 51 50' } })).toEqual([
      '0s cpu-high firing 81',
      '30s cpu-high resolved 50',
    ])
    expect(
      ruleTest({
        flags: [{ id: 'people', metric: 'users.active', above: 10, clear: 8 }],
        series: { 'users.active': '11 9 8' },
      }),
    ).toEqual(['0s people firing 11', '20s people resolved 8'])
  })
})

describe('the hold', () => {
  it('[RU4] stays pending until its hold has elapsed', () => {
    expect(ruleTest({ flags: [{ ...cpu, for: '30s' }], series: { 'cpu.used_percent': '70 85 86 87 88 89' } })).toEqual([
      '10s cpu-high pending 85',
      '40s cpu-high firing 88',
    ])
  })

  it("[RU4] the hold counts the samples' own time, not how often it is judged", () => {
    expect(
      ruleTest({ everyMs: 60_000, flags: [{ ...cpu, for: '30s' }], series: { 'cpu.used_percent': '85 85' } }),
    ).toEqual(['0s cpu-high pending 85', '60s cpu-high firing 85'])
  })

  it('[RU5] the hold applies to clearing too, and a value between the levels starts it again', () => {
    expect(
      ruleTest({ flags: [{ ...cpu, for: '20s' }], series: { 'cpu.used_percent': '85x2 70 78 70 70 70' } }),
    ).toEqual(['0s cpu-high pending 85', '20s cpu-high firing 85', '70s cpu-high resolved 70'])
  })

  it('[RU5] a value over the line while clearing keeps the same alert firing', () => {
    expect(ruleTest({ flags: [{ ...cpu, for: '20s' }], series: { 'cpu.used_percent': '85x2 70 70 85 70x2' } })).toEqual(
      ['0s cpu-high pending 85', '20s cpu-high firing 85', '80s cpu-high resolved 70'],
    )
  })

  it('[RU6] 3x counts samples in a row, whatever the time between them', () => {
    const down = { id: 'down', metric: 'up', below: 1, for: '3x' } as const
    expect(ruleTest({ flags: [down], series: { up: '1 0 0 0 1 1 1' } })).toEqual([
      '10s down pending 0',
      '30s down firing 0',
      '60s down resolved 1',
    ])
    expect(ruleTest({ flags: [down], series: { up: '1 0 0 _ 0' } })).toEqual([
      '10s down pending 0',
      '40s down firing 0',
    ])
    expect(ruleTest({ flags: [down], series: { up: '0 0 1 0 0' } })).toEqual([
      '0s down pending 0',
      '20s down dropped 1',
      '30s down pending 0',
    ])
  })

  it('[RU7] a pending alert that does not hold is told as resolved, never fired', () => {
    expect(ruleTest({ flags: [{ ...cpu, for: '30s' }], series: { 'cpu.used_percent': '85 79 85' } })).toEqual([
      '0s cpu-high pending 85',
      '10s cpu-high dropped 79',
      '20s cpu-high pending 85',
    ])
  })
})

describe('silence', () => {
  it('[RU8] a stale series drops a pending alert', () => {
    expect(ruleTest({ flags: [{ ...cpu, for: '30s' }], series: { 'cpu.used_percent': '85 85 stale 85 85' } })).toEqual([
      '0s cpu-high pending 85',
      '20s cpu-high dropped 85',
      '30s cpu-high pending 85',
    ])
  })

  it('[RU8] a stale series leaves a firing alert firing until its data say otherwise', () => {
    expect(ruleTest({ flags: [cpu], series: { 'cpu.used_percent': '85 _ _ _ stale _x20 70' } })).toEqual([
      '0s cpu-high firing 85',
      '250s cpu-high resolved 70',
    ])
  })

  it('[RU8] a stale series fires nothing', () => {
    expect(
      ruleTest({
        flags: [{ id: 'low', metric: 'workers.total', below: 10 }],
        series: { 'workers.total': '12 stale _x9' },
      }),
    ).toEqual([])
  })

  it('[RU9] values further apart than three intervals and the lag are not in a row', () => {
    expect(ruleTest({ flags: [{ ...cpu, for: '30s' }], series: { 'cpu.used_percent': '85 _x3 85 85x3' } })).toEqual([
      '0s cpu-high pending 85',
      '40s cpu-high dropped 85',
      '40s cpu-high pending 85',
      '70s cpu-high firing 85',
    ])
    expect(
      ruleTest({ lagMs: 60_000, flags: [{ ...cpu, for: '30s' }], series: { 'cpu.used_percent': '85 _x3 85' } }),
    ).toEqual(['0s cpu-high pending 85', '40s cpu-high firing 85'])
  })

  it('[RU9] nor do they clear together', () => {
    expect(ruleTest({ flags: [{ ...cpu, for: '30s' }], series: { 'cpu.used_percent': '85x3 70 _x4 70x3' } })).toEqual([
      '0s cpu-high pending 85',
      '30s cpu-high firing 85',
      '120s cpu-high resolved 70',
    ])
  })

  it('[RU10] a series that its source, though it answers, gives no more ends its alert after three intervals', () => {
    expect(
      ruleTest({
        flags: [cpu],
        series: { 'cpu.used_percent{instance="a"}': '85 85 _x9', 'cpu.used_percent{instance="b"}': '10x10' },
      }),
    ).toEqual(['0s cpu-high{instance="a"} firing 85', '50s cpu-high{instance="a"} resolved 85'])
  })

  it('[RU10] a failing source says nothing of it: up 0 is no answer', () => {
    expect(ruleTest({ flags: [cpu], series: { 'cpu.used_percent': '85 _ _ _ stale _x9', up: '1 0x12' } })).toEqual([
      '0s cpu-high firing 85',
    ])
  })
})

describe('what an alert tells', () => {
  it('[RU13] it tells of a value worse by a tenth of the line, at most once a minute', () => {
    expect(ruleTest({ flags: [cpu], series: { 'cpu.used_percent': '81 95x2 95x4 100' } })).toEqual([
      '0s cpu-high firing 81',
      '0s cpu-high firing 95',
    ])
    expect(
      ruleTest({ flags: [{ id: 'queue', metric: 'queue.length', above: 50 }], series: { 'queue.length': '51+1x10' } }),
    ).toEqual(['0s queue firing 51', '0s queue firing 57'])
  })
})
