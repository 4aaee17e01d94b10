import { describe, expect, it } from 'vitest'
import { ruleTest } from '../testing/rule-test.ts'

describe('count', () => {
  const busy = {
    id: 'busy',
    kind: 'count',
    metric: 'responses.per_minute',
    labels: { status: '503' },
    window: '1m',
    above: 0,
  } as const

  it('[RU16] integrates a rate over the window, and clears when the window has emptied', () => {
    expect(ruleTest({ flags: [busy], series: { 'responses.per_minute{status="503"}': '0 0 6 0x9' } })).toEqual([
      '20s busy{status="503"} firing 1',
      '80s busy{status="503"} resolved 0',
    ])
  })

  it('[RU16] counts across the window, and rounds what rates lost', () => {
    expect(
      ruleTest({
        everyMs: 7_000,
        flags: [{ ...busy, above: undefined, atLeast: 2 }],
        series: { 'responses.per_minute{status="503"}': '0 8.571 0 8.571 0x12' },
      }),
    ).toEqual(['21s busy{status="503"} firing 2', '70s busy{status="503"} resolved 1'])
  })

  it('[RU16] differences a total; a fall is its beginning again', () => {
    const killed = { id: 'killed', kind: 'count', metric: 'kills.total', window: '20s', above: 0 } as const
    expect(ruleTest({ flags: [killed], series: { 'kills.total': '3 3 4 4 4 4' } })).toEqual([
      '20s killed firing 1',
      '40s killed resolved 0',
    ])
    expect(ruleTest({ flags: [killed], series: { 'kills.total': '3 3 0 0' } })).toEqual([])
    expect(ruleTest({ flags: [killed], series: { 'kills.total': '3 3 1 1 1 1' } })).toEqual([
      '20s killed firing 1',
      '40s killed resolved 0',
    ])
  })

  it('[RU16] what was counted before the first look does not count', () => {
    expect(
      ruleTest({
        flags: [{ id: 'killed', kind: 'count', metric: 'kills.total', window: '1m', above: 0 }],
        series: { 'kills.total': '7x9' },
      }),
    ).toEqual([])
  })

  it('[RU16] a total of several instances is counted for each, then added', () => {
    expect(
      ruleTest({
        flags: [{ id: 'killed', kind: 'count', metric: 'kills.total', over: 'sum', window: '1m', atLeast: 2 }],
        series: { 'kills.total{instance="a"}': '5 6 6', 'kills.total{instance="b"}': '9 9 1' },
      }),
    ).toEqual(['20s killed firing 2'])
  })

  it('[RU16] fewer than a number is only said once the whole window was watched', () => {
    const none = { id: 'none', kind: 'count', metric: 'restarts.per_minute', window: '1m', below: 1 } as const
    expect(ruleTest({ flags: [none], series: { 'restarts.per_minute': '0x8' } })).toEqual(['60s none firing 0'])
  })

  it('[RU16] a series that alternates between processes is not counted', () => {
    expect(
      ruleTest({
        spread: ['kills.total'],
        flags: [{ id: 'killed', kind: 'count', metric: 'kills.total', window: '1m', above: 0 }],
        series: { 'kills.total': '3 9 3 9' },
      }),
    ).toEqual([])
  })

  it('[RU16] counts may be divided: 5 % of the requests of five minutes', () => {
    expect(
      ruleTest({
        everyMs: 60_000,
        flags: [
          {
            id: 'errors',
            kind: 'count',
            metric: '100 * jobs.failed_per_minute / jobs.finished_per_minute',
            window: '5m',
            above: 5,
          },
        ],
        series: { 'jobs.failed_per_minute': '0x3 3 0', 'jobs.finished_per_minute': '10x5' },
      }),
    ).toEqual(['240s errors firing 6'])
  })
})
