import { describe, expect, it } from 'vitest'
import { ruleTest } from '../testing/rule-test.ts'

describe('share', () => {
  const near = { id: 'near', metric: 'sessions.active', of: 'limit:sessions', above: 80 } as const

  it("[RU15] compares with a share of a limit, and tells values and lines in the metric's own unit", () => {
    expect(ruleTest({ limits: { sessions: 100 }, flags: [near], series: { 'sessions.active': '80 81 80' } })).toEqual([
      '10s near firing 81',
      '20s near resolved 80',
    ])
  })

  it('[RU15] says nothing while the limit is unknown, or is nothing', () => {
    expect(ruleTest({ flags: [near], series: { 'sessions.active': '99' } })).toEqual([])
    expect(ruleTest({ limits: { sessions: 0 }, flags: [near], series: { 'sessions.active': '99' } })).toEqual([])
  })

  it('[RU15] tested: is what a rehearsal proved', () => {
    expect(
      ruleTest({
        tested: { sessions: 40 },
        flags: [{ id: 'beyond', metric: 'sessions.active', of: 'tested:sessions', above: 100 }],
        series: { 'sessions.active': '40 41 40' },
      }),
    ).toEqual(['10s beyond firing 41', '20s beyond resolved 40'])
  })

  it('[RU15] of may be a metric or arithmetic; without its value nothing is said', () => {
    const flag = { id: 'pool', metric: 'db.pool.in_use', of: 'db.pool.size + db.pool.overflow', atLeast: 100 } as const
    expect(
      ruleTest({
        flags: [flag],
        series: { 'db.pool.in_use': '49 50 50', 'db.pool.size': '30x2', 'db.pool.overflow': '20x2' },
      }),
    ).toEqual(['10s pool firing 50'])
    expect(ruleTest({ flags: [flag], series: { 'db.pool.in_use': '49 50 50', 'db.pool.size': '30x2' } })).toEqual([])
  })

  it('[RU15] a threshold with `of` is a share too', () => {
    expect(
      ruleTest({
        limits: { slots: 16 },
        flags: [{ id: 'slots', kind: 'threshold', metric: 'requests.in_flight', of: 'limit:slots', atLeast: 100 }],
        series: { 'requests.in_flight': '15 16' },
      }),
    ).toEqual(['10s slots firing 16'])
  })

  it("[RU15] under a sum, it is the sum's share", () => {
    expect(
      ruleTest({
        limits: { db_connections: 100 },
        flags: [{ id: 'db', metric: 'db.connections', over: 'sum', of: 'limit:db_connections', above: 80, for: '10s' }],
        series: { 'db.connections{state="active"}': '50 60 60', 'db.connections{state="idle"}': '20 30 20' },
      }),
    ).toEqual(['10s db pending 90', '20s db dropped 80'])
  })

  it('[RU28] with a window, means are compared: one restart in an hour of traffic is no flood', () => {
    const flag = {
      id: 'restarts',
      metric: 'restarts.per_minute',
      of: 'requests.per_minute / 1000',
      above: 150,
      window: '1h',
    } as const
    expect(
      ruleTest({
        everyMs: 60_000,
        flags: [flag],
        series: { 'restarts.per_minute': '1 0x58', 'requests.per_minute': '40x59' },
      }),
    ).toEqual([])
    expect(
      ruleTest({
        everyMs: 60_000,
        flags: [flag],
        series: { 'restarts.per_minute': '1x29', 'requests.per_minute': '20x29' },
      }),
    ).toEqual(['1740s restarts firing 1'])
  })
})

describe('missing', () => {
  it('[RU19] compares of minus value', () => {
    expect(
      ruleTest({
        flags: [
          { id: 'replicas', kind: 'missing', metric: 'replicas.ready', of: 'replicas.desired', above: 0, for: '10s' },
        ],
        series: { 'replicas.ready': '3 2 2 3 3', 'replicas.desired': '3x4' },
      }),
    ).toEqual(['10s replicas pending 1', '20s replicas firing 1', '40s replicas resolved 0'])
  })

  it('[RU19] per service, wanted and ready are joined by their labels', () => {
    expect(
      ruleTest({
        flags: [{ id: 'replicas', kind: 'missing', metric: 'replicas.ready', of: 'replicas.desired' }],
        series: {
          'replicas.ready{service="web"}': '3',
          'replicas.desired{service="web"}': '3',
          'replicas.ready{service="worker"}': '9',
          'replicas.desired{service="worker"}': '10',
        },
      }),
    ).toEqual(['0s replicas{service="worker"} firing 1'])
  })
})
