import { describe, expect, it } from 'vitest'
import type { SeriesView } from '@headroom/shared/model/series.ts'
import { alertTrends, saysTheSame, seriesOfAlert } from './alert-trends.ts'
import { firingOf } from './firing.ts'
import { pickRows } from './pick-rows.ts'
import type { Candidate } from './pick-rows.ts'
import { madeAlert } from './testing/made-alert.ts'
import { trendSpanMs } from './trend-span.ts'

describe('pickRows', () => {
  const row = (id: string, percent: number | null, change: Partial<Candidate> = {}): Candidate => ({
    id,
    percent,
    title: id,
    flagged: false,
    ...change,
  })

  it('takes what is closest to its limit', () => {
    expect(
      pickRows([row('cpu', 1), row('sessions', 30), row('pool', 100), row('disk', null), row('slots', 50)], []),
    ).toEqual(['pool', 'slots', 'sessions', 'cpu'])
  })

  it('takes what a flag fires for before all else', () => {
    expect(pickRows([row('cpu', 99), row('pool', 40, { flagged: true })], ['cpu'])).toEqual(['pool', 'cpu'])
  })

  it('keeps what was shown until another is clearly closer', () => {
    const before = ['a', 'b', 'c', 'd']
    const rows = (e: number): Candidate[] => [row('a', 50), row('b', 45), row('c', 52), row('d', 40), row('e', e)]
    expect(pickRows(rows(48), before)).toEqual(before)
    expect(pickRows(rows(51), before)).toEqual(['a', 'b', 'c', 'e'])
    expect(pickRows(rows(99), before)).toEqual(['e', 'a', 'b', 'c'])
  })

  it('shows a resource once', () => {
    expect(
      pickRows([row('memory', 40, { title: 'Memory' }), row('memory_percent', 41, { title: 'Memory' })], []),
    ).toEqual(['memory'])
  })
})

describe('trends of alerts', () => {
  const series = (id: number, metric: string, primary = true): SeriesView => ({
    id,
    system: 's',
    source: 'health',
    primary,
    metric,
    unit: 'count',
    labels: {},
    at: null,
    value: null,
  })
  const all = [series(1, 'queue.length'), series(2, 'queue.length', false), series(3, 'db.pool.in_use')]

  it('are of the series that the alert or its flag names, each once', () => {
    const flags = [{ id: 'queue', metric: 'queue.length' }]
    expect(seriesOfAlert(madeAlert('queue'), all, flags)?.id).toBe(1)
    expect(
      alertTrends(
        [
          madeAlert('pool-critical', { series: 3 }),
          madeAlert('pool-high', { series: 3 }),
          madeAlert('queue'),
          madeAlert('down', { series: 1, unit: 'bool' }),
        ],
        all,
        flags,
      ).map((each) => each.series.id),
    ).toEqual([3, 1])
  })

  it('stand for the resource they are about', () => {
    expect(saysTheSame({ metric: 'memory.used_bytes', title: 'Memory' }, 'memory.used_percent')).toBe(true)
    expect(saysTheSame({ metric: 'cpu.used_percent', title: 'CPU' }, 'memory.used_percent')).toBe(false)
  })
})

describe('firingOf', () => {
  it('gives each system its firing alerts, worst first, then oldest; infos and what is pending are left out', () => {
    const alerts = [
      madeAlert('late', { severity: 'warning', since: 1 }),
      madeAlert('queue', { since: 9 }),
      madeAlert('pool', { since: 3 }),
      madeAlert('note', { severity: 'info' }),
      madeAlert('soon', { state: 'pending' }),
      madeAlert('other', { system: 't' }),
    ]
    const firing = firingOf(alerts)
    expect(firing.get('s')?.map(({ flag }) => flag)).toEqual(['pool', 'queue', 'late'])
    // The list of a system whose alerts did not change stays the same, so that its card is not drawn anew.
    expect(firingOf(alerts.slice(0, -1)).get('s')).toBe(firing.get('s'))
  })
})

describe('trendSpanMs', () => {
  it.each([
    [undefined, 15],
    [20, 15],
    [11.5, 12],
    [7, 7],
    [1, 3],
  ])('with data of %s minutes shows %s', (age, minutes) => {
    const now = 3_600_000
    expect(trendSpanMs(age === undefined ? undefined : now - age * 60_000, now)).toBe(minutes * 60_000)
  })
})
