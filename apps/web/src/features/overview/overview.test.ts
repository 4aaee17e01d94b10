import { describe, expect, it } from 'vitest'
import type { SystemView } from '@headroom/shared/model/system.ts'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { SeriesView } from '@headroom/shared/model/series.ts'
import { alertTrends, saysTheSame, seriesOfAlert } from './alert-trends.ts'
import { cardOrder } from './card-order.ts'
import { pickRows } from './pick-rows.ts'
import { trendSpanMs } from './trend-span.ts'

const system = (id: string, state: SystemView['state'], down = false): SystemView => ({
  id,
  name: id,
  presets: [],
  state,
  down,
  since: 0,
  sources: [],
  headroom: [],
  texts: [],
  alerts: { warning: 0, critical: 0 },
})

describe('cardOrder', () => {
  it('puts the worst first and keeps the configured order within a state', () => {
    const order = cardOrder([
      system('a', 'ok'),
      system('b', 'warning'),
      system('c', 'critical'),
      system('d', 'ok'),
      system('e', 'unknown'),
      system('f', 'critical', true),
    ])
    expect(order.map((each) => each.id)).toEqual(['f', 'c', 'e', 'b', 'a', 'd'])
  })
})

describe('pickRows', () => {
  const row = (
    id: string,
    percent: number | null,
    title = id,
  ): { id: string; percent: number | null; title: string } => ({ id, percent, title })

  it('takes what is closest to its limit', () => {
    expect(
      pickRows([row('cpu', 1), row('sessions', 30), row('pool', 100), row('disk', null), row('slots', 50)], []),
    ).toEqual(['pool', 'slots', 'sessions', 'cpu'])
  })

  it('keeps what was shown until another is clearly closer', () => {
    const before = ['a', 'b', 'c', 'd']
    const rows = (e: number): { id: string; percent: number | null; title: string }[] => [
      row('a', 50),
      row('b', 45),
      row('c', 52),
      row('d', 40),
      row('e', e),
    ]
    expect(pickRows(rows(48), before)).toEqual(before)
    expect(pickRows(rows(51), before)).toEqual(['a', 'b', 'c', 'e'])
    expect(pickRows(rows(99), before)).toEqual(['e', 'a', 'b', 'c'])
  })

  it('shows a resource once', () => {
    expect(pickRows([row('memory', 40, 'Memory'), row('memory_percent', 41, 'Memory')], [])).toEqual(['memory'])
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
  const alert = (flag: string, change: Partial<Alert> = {}): Alert => ({
    id: flag,
    flag,
    system: 's',
    severity: 'critical',
    state: 'firing',
    value: 61,
    line: 50,
    unit: 'count',
    since: 1,
    title: flag,
    why: { text: '', document: '', figure: '', ours: true },
    steps: [],
    ...change,
  })
  const all = [series(1, 'queue.length'), series(2, 'queue.length', false), series(3, 'db.pool.in_use')]

  it('are of the series that the alert or its flag names, each once', () => {
    const flags = [{ id: 'queue', metric: 'queue.length' }]
    expect(seriesOfAlert(alert('queue'), all, flags)?.id).toBe(1)
    expect(
      alertTrends(
        [
          alert('pool-critical', { series: 3 }),
          alert('pool-high', { series: 3 }),
          alert('queue'),
          alert('down', { series: 1, unit: 'bool' }),
        ],
        all,
        flags,
        2,
      ).map((each) => each.series.id),
    ).toEqual([3, 1])
  })

  it('stand for the resource they are about', () => {
    expect(saysTheSame({ metric: 'memory.used_bytes', title: 'Memory' }, 'memory.used_percent')).toBe(true)
    expect(saysTheSame({ metric: 'cpu.used_percent', title: 'CPU' }, 'memory.used_percent')).toBe(false)
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
