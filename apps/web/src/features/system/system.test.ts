import { describe, expect, it } from 'vitest'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { FlagView } from '@headroom/shared/model/flag.ts'
import type { SeriesView } from '@headroom/shared/model/series.ts'
import { chartLimit, chartLines, crossings } from './chart-lines.ts'
import { flagRows } from './flag-rows.ts'
import { judge } from './judge-criterion.ts'
import { metricGroups, seriesLabel } from './metric-groups.ts'
import { packLanes } from './pack-lanes.ts'
import { chooseSeries, lineStyle, worstValue } from './series-choice.ts'
import { ViewSearch, viewOf } from './view-search.ts'

const one = (metric: string, change: Partial<SeriesView> = {}): SeriesView => ({
  id: 1,
  system: 's',
  source: 'health',
  primary: true,
  metric,
  unit: 'count',
  labels: {},
  at: null,
  value: null,
  ...change,
})
const why = { text: 'said', document: 'doc', figure: '50', ours: false }
const flag = (change: Partial<FlagView> = {}): FlagView => ({
  id: 'queue',
  system: 's',
  metric: 'queue.length',
  labels: {},
  kind: 'threshold',
  compare: 'above',
  line: 50,
  clear: null,
  unit: 'count',
  holdSeconds: 15,
  severity: 'critical',
  title: 'Queue',
  why,
  steps: [],
  supplied: true,
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
  firedAt: 115,
  title: 'Queue',
  why,
  steps: [],
  ...change,
})

describe('metricGroups', () => {
  it('follows the document, draws limits as lines, keeps unknown names apart', () => {
    const { known, others } = metricGroups([
      one('zebra.count'),
      one('errors.percent'),
      one('sessions.limit'),
      one('memory.used_percent'),
      one('sessions.active'),
      one('uptime.seconds'),
    ])
    expect(known.map((group) => group.metric)).toEqual([
      'sessions.active',
      'memory.used_percent',
      'errors.percent',
      'uptime.seconds',
    ])
    expect(others.map((group) => group.metric)).toEqual(['zebra.count'])
  })

  it('shows a limit that limits nothing here', () => {
    expect(metricGroups([one('sessions.limit')]).known).toHaveLength(1)
  })

  it('names a series by its labels, and by its source where that differs', () => {
    const a = one('queue.length', { labels: { queue: 'high' } })
    expect(seriesLabel(a, [a])).toBe('high')
    expect(seriesLabel(a, [a, one('queue.length', { source: 'redis' })])).toBe('high · health')
  })
})

describe('series in one picture', () => {
  it('keeps the worst eight in their order', () => {
    const all = Array.from({ length: 20 }, (_, value) => ({ value }))
    const { shown, more } = chooseSeries('cpu.used_percent', all)
    expect(shown.map((each) => each.value)).toEqual([12, 13, 14, 15, 16, 17, 18, 19])
    expect(more).toHaveLength(12)
    expect(chooseSeries('replicas.ready', all).shown[0]?.value).toBe(0)
  })

  it('takes six colours, then dashes', () => {
    expect(lineStyle(0, 1)).toEqual({ color: 'var(--line)' })
    expect(lineStyle(6, 8)).toEqual({ color: 'var(--series-1)', dash: '5 3' })
  })

  it('lets the worst speak', () => {
    expect(worstValue('cpu.used_percent', [1, null, 9])).toBe(9)
    expect(worstValue('replicas.ready', [1, 3])).toBe(1)
    expect(worstValue('cpu.used_percent', [null])).toBeNull()
  })
})

describe('lines', () => {
  it('says them in words, and whose figure it is', () => {
    expect(
      chartLines('queue.length', [flag(), flag({ id: 'b', line: 20, why: { ...why, ours: true } })], []).map(
        (line) => line.words,
      ),
    ).toEqual(['job queue length > 50, documented', 'job queue length > 20, ours'])
  })

  it('leaves out what is not in the unit of the metric, and lines that nobody knows', () => {
    expect(chartLines('queue.length', [flag({ kind: 'count' }), flag({ line: null })], [])).toEqual([])
  })

  it('has the limit and what was tested', () => {
    const row = {
      resource: 'sessions',
      title: 'Sessions',
      metric: 'sessions.active',
      used: 1,
      limit: 100,
      tested: 40,
      unit: 'count',
      usedPercent: 1,
      limitFrom: 'config',
    } as const
    expect(chartLimit('sessions.active', [row])).toEqual({ value: 100, words: 'limit 100, configured' })
    expect(chartLines('sessions.active', [], [row])[0]?.words).toBe('tested to 40')
  })

  it('marks what fired, not what was only held', () => {
    const { firedAt: _fired, ...held } = alert()
    expect(
      crossings('queue.length', [flag()], [alert(), { ...held, id: 'p', state: 'pending' }]).map((each) => [
        each.from,
        each.to,
      ]),
    ).toEqual([[100, null]])
  })
})

describe('flagRows', () => {
  it('puts firing before held before watched before unsupplied', () => {
    const rows = flagRows(
      [flag({ id: 'd', supplied: false }), flag({ id: 'c' }), flag({ id: 'b' }), flag({ id: 'queue' })],
      [alert(), alert({ id: 'x', flag: 'b', state: 'pending' })],
    )
    expect(rows.map((row) => [row.flag.id, row.standing])).toEqual([
      ['queue', 'firing'],
      ['b', 'pending'],
      ['c', 'watching'],
      ['d', 'unsupplied'],
    ])
  })
})

describe('judge', () => {
  it.each([
    [{ text: '', metric: 'm', below: 40 }, 34, 'met'],
    [{ text: '', metric: 'm', below: 40 }, 40, 'not met'],
    [{ text: '', metric: 'm', atLeast: 8, atMost: 10 }, 9, 'met'],
    [{ text: '', metric: 'm', below: 1 }, null, 'not known'],
    [{ text: '' }, 1, 'by hand'],
  ])('%j at %s is %s', (criterion, value, verdict) => {
    expect(judge(criterion, value)).toBe(verdict)
  })
})

describe('the view in the address', () => {
  it('is live, or stands still, or goes from one moment to another', () => {
    expect(viewOf({})).toEqual({ kind: 'live', spanMs: 900_000, key: '15m' })
    expect(viewOf({ range: '5m', at: 1_000_000 })).toEqual({
      kind: 'fixed',
      from: 700_000,
      to: 1_000_000,
      key: '5m@1000000',
    })
    expect(viewOf({ from: 1, to: 2 })).toEqual({ kind: 'fixed', from: 1, to: 2, key: '1-2' })
    expect(viewOf({ from: 2, to: 1 }).kind).toBe('live')
  })

  it('forgives a broken address', () => {
    expect(ViewSearch.parse({ range: '7 years', at: 'x', from: -1 })).toEqual({})
  })
})

describe('packLanes', () => {
  it('lays spans side by side where they fit and below where not', () => {
    expect(
      packLanes([
        { from: 0, to: 10, item: 'a' },
        { from: 5, to: 15, item: 'b' },
        { from: 12, to: 20, item: 'c' },
      ]).map((each) => each.row),
    ).toEqual([0, 1, 0])
  })
})
