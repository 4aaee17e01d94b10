import { describe, expect, it } from 'vitest'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { FlagView } from '@headroom/shared/model/flag.ts'
import { distanceOf, nearnessOf } from './flag-distance.ts'
import { flagGroups, flagRows, orderGroups } from './flag-rows.ts'
import { flagHoldWords, flagLineText, matchesFlag } from './flag-words.ts'
import { nearNames } from './near-names.ts'

const plain = (text: string): string => text.replaceAll(/\s/g, ' ')
const why = {
  text: 'Scale the workers when the queue is long.',
  document: 'OpenShift guide',
  figure: '50',
  ours: false,
}
const flag = (change: Partial<FlagView> = {}): FlagView => ({
  id: 'queue',
  system: 's',
  metric: 'queue.length',
  labels: {},
  kind: 'threshold',
  compare: 'above',
  line: 50,
  clear: 50,
  unit: 'count',
  holdSeconds: 15,
  severity: 'critical',
  title: 'Job queue',
  why,
  steps: ['Raise the workers to 10.'],
  supplied: true,
  conditional: false,
  ...change,
})
const alert = (change: Partial<Alert> = {}): Alert => ({
  id: 'a',
  flag: 'queue',
  system: 's',
  severity: 'critical',
  state: 'firing',
  value: 61,
  line: 50,
  unit: 'count',
  since: 100,
  title: 'Job queue',
  why,
  steps: [],
  ...change,
})
const memory = (severity: 'warning' | 'critical', line: number, change: Partial<FlagView> = {}): FlagView =>
  flag({
    id: severity === 'warning' ? 'memory-high' : 'memory-critical',
    metric: 'memory.used_percent',
    unit: 'percent',
    line,
    clear: line * 0.95,
    severity,
    ...change,
  })

describe('two flags of one condition', () => {
  const groups = (flags: FlagView[], alerts: Alert[] = []): string[][] =>
    flagGroups(flagRows(flags, alerts)).map((group) => [
      group.lead.flag.id,
      ...group.rows.map((row) => `${row.flag.severity} ${row.flag.line}`),
    ])

  it('are one, from mild to severe, whichever comes first', () => {
    expect(groups([memory('critical', 90), flag(), memory('warning', 80)])).toEqual([
      ['memory-high', 'warning 80', 'critical 90'],
      ['queue', 'critical 50'],
    ])
  })

  it('are led by the one that fires, and by the severer of two that do', () => {
    const [high, critical] = [memory('warning', 80), memory('critical', 90)]
    const firing = (id: string, severity: 'warning' | 'critical'): Alert => alert({ id, flag: id, severity })
    expect(groups([high, critical], [firing('memory-high', 'warning')])[0]?.[0]).toBe('memory-high')
    expect(
      groups([high, critical], [firing('memory-high', 'warning'), firing('memory-critical', 'critical')])[0]?.[0],
    ).toBe('memory-critical')
  })

  it('are two where they look at something else, or are no steps of each other', () => {
    expect(groups([memory('warning', 80), memory('critical', 90, { metric: 'cpu.used_percent' })])).toHaveLength(2)
    expect(groups([memory('warning', 80), memory('critical', 90, { labels: { disk: '/' } })])).toHaveLength(2)
    expect(groups([memory('warning', 80), memory('warning', 90, { id: 'memory-critical' })])).toHaveLength(2)
    expect(groups([flag({ id: 'high' }), flag({ id: 'low' })])).toHaveLength(2)
  })
})

describe('the order of flags', () => {
  const value = (metric: string): number | null => ({ 'queue.length': 45, 'memory.used_percent': 40 })[metric] ?? null
  const order = (flags: FlagView[], alerts: Alert[] = []): string[] =>
    orderGroups(flagGroups(flagRows(flags, alerts)), (row) => nearnessOf(row.flag, value(row.flag.metric))).map(
      (group) => group.lead.flag.id,
    )

  it('is firing, held, nearest to its line, without a distance, without a source', () => {
    const flags = [
      flag({ id: 'far', line: 500 }),
      flag({ id: 'unsupplied', supplied: false }),
      flag({ id: 'count', kind: 'count' }),
      flag({ id: 'near' }),
      flag({ id: 'held' }),
      flag({ id: 'firing' }),
    ]
    const alerts = [alert({ flag: 'firing' }), alert({ id: 'h', flag: 'held', state: 'pending' })]
    expect(order(flags, alerts)).toEqual(['firing', 'held', 'near', 'far', 'count', 'unsupplied'])
  })

  it('puts the severer of those that fire first', () => {
    const flags = [flag({ id: 'w', severity: 'warning' }), flag({ id: 'c' })]
    const alerts = [alert({ id: '1', flag: 'w', severity: 'warning' }), alert({ id: '2', flag: 'c' })]
    expect(order(flags, alerts)).toEqual(['c', 'w'])
  })

  it('takes a condition as near as its nearest line', () => {
    expect(order([memory('critical', 90), flag({ id: 'other', line: 100 }), memory('warning', 41)])).toEqual([
      'memory-high',
      'other',
    ])
  })

  it('counts a resolved occurrence for nothing', () => {
    const [row] = flagRows([flag()], [alert({ state: 'resolved' })])
    expect(row).toMatchObject({ standing: 'watching', alerts: [] })
  })

  it('keeps the occurrences of several series together', () => {
    const [row] = flagRows([flag()], [alert({ id: '1', state: 'pending', series: 1 }), alert({ id: '2', series: 2 })])
    expect([row?.standing, row?.alert?.id, row?.alerts.length]).toEqual(['firing', '2', 2])
  })
})

describe('how far a value is from a line', () => {
  it('is measured whichever way the line looks', () => {
    expect(distanceOf(flag(), 45)).toBe(5)
    expect(distanceOf(flag({ compare: 'below', line: 3 }), 5)).toBe(2)
    expect(distanceOf(flag(), 61)).toBe(-11)
  })

  it('is not measured where the two are not of one kind', () => {
    expect(distanceOf(flag({ kind: 'count' }), 45)).toBeUndefined()
    expect(distanceOf(flag({ unit: 'bool' }), 1)).toBeUndefined()
    expect(distanceOf(flag({ line: null }), 45)).toBeUndefined()
    expect(distanceOf(flag({ conditional: true }), 61)).toBeUndefined()
    expect(distanceOf(flag(), null)).toBeUndefined()
  })

  it('compares flags of all units, also at a line of zero and at odd values', () => {
    expect(nearnessOf(flag(), 45)).toBeCloseTo(0.1)
    expect(nearnessOf(flag({ line: 0 }), 0)).toBe(0)
    expect(nearnessOf(flag({ line: 0 }), -5)).toBe(1)
    expect(nearnessOf(flag({ line: 1e15 }), 1e-9)).toBe(1)
    expect(nearnessOf(flag(), 61)).toBe(0)
  })
})

describe('a flag in words', () => {
  it('says its line by its kind', () => {
    expect(flagLineText(flag())).toBe('job queue length > 50')
    expect(flagLineText(flag({ labels: { queue: 'high' } }))).toBe('job queue length (high) > 50')
    expect(plain(flagLineText(flag({ kind: 'leak', line: 20 * 2 ** 20, unit: 'bytes_per_hour' })))).toBe(
      'job queue length grows more than 20 MiB an hour and never comes back',
    )
    expect(flagLineText(flag({ line: null }))).toBe('job queue length: the limit is not known yet')
  })

  it('says how it is held and where it clears', () => {
    expect(plain(flagHoldWords(memory('warning', 80)).join(', '))).toBe(
      'held for 15 s before it fires, clears at 76 % or less',
    )
    expect(flagHoldWords(flag({ holdSeconds: 0 }))).toEqual([])
    expect(plain(flagHoldWords(flag({ compare: 'below', line: 3, clear: 4, holdSeconds: 0 })).join())).toBe(
      'clears at 4 or more',
    )
  })

  it('is found by its title, its document and its steps', () => {
    for (const search of ['JOB queue', 'openshift', 'raise workers', 'queue.length', 'critical'])
      expect(matchesFlag(flag(), search)).toBe(true)
    expect(matchesFlag(flag(), 'memory')).toBe(false)
  })
})

describe('names near one that is not there', () => {
  const names = ['captions', 'web-ui', 'grades'].map((name) => ({ name, of: name }))

  it('are those with a slip, the likeliest first', () => {
    expect(nearNames('caption', names)).toEqual(['captions'])
    expect(nearNames('webui', names)).toEqual(['web-ui'])
    expect(nearNames('Grdaes', names)).toEqual(['grades'])
    expect(nearNames('zzz', names)).toEqual([])
    expect(nearNames('', names)).toEqual([])
  })
})
