import { describe, expect, it } from 'vitest'
import type { HeadroomView, SourceView } from '@headroom/shared/model/system.ts'
import { isSimulated } from './demo.ts'
import { sourceFreshness } from './freshness.ts'
import { headroomNow, newestOfAll } from './headroom-now.ts'
import type { Newest } from './timeline.ts'
import { SampleRing } from './sample-ring.ts'
import { headline, worstState } from './system-words.ts'

const of = (
  ...states: ('ok' | 'warning' | 'critical' | 'unknown' | 'down')[]
): { state: 'ok' | 'warning' | 'critical' | 'unknown'; down: boolean }[] =>
  states.map((state) => (state === 'down' ? { state: 'critical', down: true } : { state, down: false }))

describe('headline', () => {
  it.each([
    [of(), 'Nothing is watched yet', ''],
    [of('ok'), 'All is fine', ''],
    [of('ok', 'ok'), 'Both systems are fine', ''],
    [of('ok', 'ok', 'ok'), 'All 3 systems are fine', ''],
    [of('critical', 'ok', 'ok'), '1 system needs you', '2 are fine'],
    [
      of('critical', 'down', 'unknown', 'warning', 'ok'),
      '2 systems need you',
      '1 system to watch, 1 system is unknown, 1 is fine',
    ],
    [of('warning', 'ok'), '1 system to watch', '1 is fine'],
    [of('unknown', 'unknown'), '2 systems are unknown', ''],
  ])('%j', (systems, first, rest) => {
    expect(headline(systems)).toEqual({ first, rest })
  })

  it('knows the worst', () => {
    expect(worstState(of('ok', 'warning', 'unknown'))).toBe('unknown')
    expect(worstState(of('down', 'critical'))).toBe('down')
    expect(worstState([])).toBeUndefined()
  })
})

describe('isSimulated', () => {
  it('is what the demo watches beside this machine', () => {
    const watched = (type: string): { sources: SourceView[] } => ({
      sources: [
        { id: 's', type, state: 'ok', lastOkAt: 1, everySeconds: 5, lagSeconds: 0, tookSeconds: null, leftOut: 0 },
      ],
    })
    expect([
      isSimulated(watched('http-json'), true),
      isSimulated(watched('host'), true),
      isSimulated(watched('http-json'), false),
    ]).toEqual([true, false, false])
  })
})

describe('sourceFreshness', () => {
  const source: SourceView = {
    id: 's',
    type: 'http-json',
    state: 'ok',
    lastOkAt: 1_000,
    everySeconds: 5,
    lagSeconds: 10,
    tookSeconds: 0.1,
    leftOut: 0,
  }

  it('is stale after three intervals and the lag', () => {
    expect(sourceFreshness(source, null, 26_000)).toEqual({ kind: 'fresh', at: 1_000 })
    expect(sourceFreshness(source, null, 26_001)).toEqual({ kind: 'stale', at: 1_000 })
  })

  it('counts a newer sample as an answer', () => {
    expect(sourceFreshness(source, 20_000, 26_001)).toEqual({ kind: 'fresh', at: 20_000 })
  })

  it('tells never from not yet', () => {
    expect(sourceFreshness({ ...source, lastOkAt: null, state: 'pending' }, null, 0).kind).toBe('pending')
    expect(sourceFreshness({ ...source, lastOkAt: null, state: 'failing' }, null, 0).kind).toBe('never')
  })
})

describe('headroomNow', () => {
  const row: HeadroomView = {
    resource: 'sessions',
    title: 'Sessions',
    metric: 'sessions.active',
    used: 10,
    limit: 100,
    unit: 'count',
    usedPercent: 10,
    limitFrom: 'config',
  }

  it('prefers the newest value, and keeps the last one while it is stale', () => {
    expect(headroomNow(row, { at: 1, value: 27, last: 27, lastAt: 1 })).toEqual({ used: 27, percent: 27, stale: false })
    expect(headroomNow(row, { at: 2, value: null, last: 27, lastAt: 1 })).toEqual({
      used: 27,
      percent: 27,
      stale: true,
    })
    expect(headroomNow(row, undefined)).toEqual({ used: 10, percent: 10, stale: false })
  })

  it('adds up what several give, takes the worst of percents, and leaves out what is stale', () => {
    const said = (value: number | null, last: number, at: number): Newest => ({ at, value, last, lastAt: at })
    const both = [said(20, 20, 5), said(15, 15, 7)]
    expect(headroomNow(row, newestOfAll('count', both))).toEqual({ used: 35, percent: 35, stale: false })
    expect(newestOfAll('percent', both)).toEqual({ at: 7, value: 20, last: 20, lastAt: 7 })
    expect(headroomNow(row, newestOfAll('count', [said(null, 20, 5), said(15, 15, 7)])).used).toBe(15)
    expect(headroomNow(row, newestOfAll('count', [said(null, 20, 5), said(null, 15, 7)]))).toEqual({
      used: 35,
      percent: 35,
      stale: true,
    })
    expect(newestOfAll('count', [])).toBeUndefined()
  })

  it('never makes a zero of what is not known', () => {
    expect(headroomNow({ ...row, used: null, usedPercent: null }, undefined)).toEqual({
      used: null,
      percent: null,
      stale: true,
    })
  })
})

describe('SampleRing', () => {
  it('drops the oldest when it is full', () => {
    const ring = new SampleRing(8)
    for (let at = 1; at <= 100; at += 1) ring.put(at, at)
    expect(ring.size).toBeLessThanOrEqual(10)
    expect(ring.newestAt).toBe(100)
    expect(ring.since(99)).toEqual([
      [99, 99],
      [100, 100],
    ])
  })
})
