import { describe, expect, it } from 'vitest'
import { ruleTest } from '../testing/rule-test.ts'

describe('change', () => {
  const restarted = { id: 'restarted', kind: 'change', metric: 'uptime.seconds', notAfterDeploy: '5m' } as const
  const loop = { ...restarted, id: 'crash-loop', atLeast: 2, window: '45m' } as const

  it('[RU17] fires when the value went down, and clears after five minutes', () => {
    expect(
      ruleTest({ everyMs: 60_000, flags: [restarted], series: { 'uptime.seconds': '3600+60x2 30+60x8' } }),
    ).toEqual(['180s restarted firing 1', '480s restarted resolved 0'])
  })

  it('[RU17] at least twice in the window', () => {
    expect(
      ruleTest({ everyMs: 300_000, flags: [loop], series: { 'uptime.seconds': '9000 60+300x4 60+300x1 60 360' } }),
    ).toEqual([
      '1800s crash-loop firing 2',
      '2100s crash-loop resolved 0',
      '2400s crash-loop firing 3',
      '2700s crash-loop resolved 0',
    ])
    expect(ruleTest({ everyMs: 300_000, flags: [loop], series: { 'uptime.seconds': '9000 60+300x9 60' } })).toEqual([])
  })

  it('[RU17] the value before must lie in the previous range', () => {
    const half = { ...restarted, previous: { atLeast: 1500, atMost: 2100 } }
    expect(ruleTest({ everyMs: 60_000, flags: [half], series: { 'uptime.seconds': '1740+60x1 10' } })).toEqual([
      '120s restarted firing 1',
    ])
    expect(ruleTest({ everyMs: 60_000, flags: [half], series: { 'uptime.seconds': '7000 10' } })).toEqual([])
  })

  it('[RU17] a restart within the time after a deploy does not count', () => {
    expect(
      ruleTest({
        everyMs: 60_000,
        deploys: [60_000],
        flags: [restarted],
        series: { 'uptime.seconds': '3600+60x2 30' },
      }),
    ).toEqual([])
    expect(
      ruleTest({
        everyMs: 60_000,
        deploys: [60_000],
        flags: [restarted],
        series: { 'uptime.seconds': '3600+60x7 30' },
      }),
    ).toEqual(['480s restarted firing 1'])
  })

  it('[RU17] instances are told apart: two restarts of two are no crash loop', () => {
    expect(
      ruleTest({
        everyMs: 60_000,
        flags: [loop],
        series: { 'uptime.seconds{instance="a"}': '900 10 70 130', 'uptime.seconds{instance="b"}': '800 860 20 80' },
      }),
    ).toEqual([])
  })

  it('[RU17] processes answering in turn are no restart', () => {
    expect(
      ruleTest({
        spread: ['uptime.seconds'],
        flags: [restarted],
        series: { 'uptime.seconds': '3600 5 3620 25 3640 45' },
      }),
    ).toEqual([])
    expect(
      ruleTest({ flags: [restarted], series: { 'uptime.seconds': '3600 1200 3620 1220 1230 3650 3660 1260' } }),
    ).toEqual([])
    expect(
      ruleTest({ flags: [restarted], series: { 'restarts.x': '0', 'uptime.seconds': '3600 5 3620 25 3640 45 55' } }),
    ).toEqual(['10s restarted firing 1', '20s restarted resolved 0'])
  })

  it('[RU17] an uptime older than the last look counts once nothing older has answered for four values', () => {
    expect(ruleTest({ flags: [restarted], series: { 'uptime.seconds': '3600 200+10x5' } })).toEqual([
      '50s restarted firing 1',
    ])
  })

  it('[RU17] an uptime that trembles is no restart', () => {
    expect(ruleTest({ flags: [restarted], series: { 'uptime.seconds': '3600 3599.6 3610' } })).toEqual([])
  })

  it('[RU17] a restart seen after a gap counts', () => {
    expect(ruleTest({ flags: [restarted], series: { 'uptime.seconds': '3600 _x20 stale _x9 250' } })).toEqual([
      '310s restarted firing 1',
    ])
  })

  it('[RU17] any value that should only rise may be watched', () => {
    expect(
      ruleTest({
        everyMs: 60_000,
        flags: [{ id: 'reset', kind: 'change', metric: 'jobs.done', clear: 60 }],
        units: { 'jobs.done': 'count' },
        series: { 'jobs.done': '5 6 2 3 4' },
      }),
    ).toEqual(['120s reset firing 1', '180s reset resolved 0'])
  })
})
