import { describe, expect, it } from 'vitest'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { FlagView } from '@headroom/shared/model/flag.ts'
import type { SeriesView } from '@headroom/shared/model/series.ts'
import { alsoText } from './also-text.ts'
import { chartLimit, chartLines, crossings } from './chart-lines.ts'
import { flagRows } from './flag-rows.ts'
import { judge } from './judge-criterion.ts'
import { metricGroups, seriesLabel } from './metric-groups.ts'
import { packLanes } from './pack-lanes.ts'
import { chooseSeries, lineStyle, worstValue } from './series-choice.ts'
import { ViewSearch } from './view-search.ts'
import { viewOf } from './view.ts'

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
    const own = flag({ id: 'c', line: 9, why: { ...why, document: 'headroom.yaml', ours: true } })
    expect(
      chartLines('queue.length', [flag(), flag({ id: 'b', line: 20, why: { ...why, ours: true } }), own], []).map(
        (line) => line.words,
      ),
    ).toEqual(['job queue length > 50, documented', 'job queue length > 20, ours', 'job queue length > 9, configured'])
  })

  it('leaves out what is not in the unit of the metric, and lines that nobody knows', () => {
    expect(chartLines('queue.length', [flag({ kind: 'count' }), flag({ line: null })], [])).toEqual([])
  })

  it('draws no line that holds only under conditions', () => {
    expect(chartLines('queue.length', [flag({ conditional: true })], [])).toEqual([])
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
      key: '700000-1000000',
    })
    expect(viewOf({ from: 1, to: 2 })).toEqual({ kind: 'fixed', from: 1, to: 2, key: '1-2' })
    expect(viewOf({ from: 2, to: 1 }).kind).toBe('live')
  })

  it('forgives a broken address', () => {
    expect(ViewSearch.parse({ range: '7 years', at: 'x', from: -1 })).toEqual({})
  })
})

describe('packLanes', () => {
  const view = { from: 0, to: 1000, width: 1000 }
  const span = (
    from: number,
    to: number,
    group: string,
    name = group,
  ): { from: number; to: number; group: string; name: string; item: string } => ({
    from,
    to,
    group,
    name,
    item: `${group}@${from}`,
  })

  it('gives each of a few flags a row of its own', () => {
    const marks = packLanes([span(500, 700, 'b'), span(0, 300, 'a'), span(600, 900, 'a')], view)
    expect(marks.map((mark) => [mark.items, mark.row])).toEqual([
      [['a@0'], 0],
      [['a@600'], 0],
      [['b@500'], 1],
    ])
  })

  it('makes one mark of short neighbours, counted and named', () => {
    const [mark, ...rest] = packLanes(
      [span(10, 12, 'a', 'Pool'), span(20, 22, 'a', 'Pool'), span(33, 35, 'a', 'Pool')],
      view,
    )
    expect(rest).toEqual([])
    expect(mark).toMatchObject({ items: ['a@10', 'a@20', 'a@33'], name: 'Pool ×3', side: 'right' })
  })

  it('says of a great many how many there are, rather than a list that is cut before it does', () => {
    const notes = Array.from({ length: 120 }, (_, index) => span(index / 100, index / 100, 'notes', `note ${index}`))
    expect(packLanes(notes, view)).toMatchObject([{ name: 'note 0, note 1 and 118 more', side: 'right' }])
  })

  it('never lays marks on each other, however many flags there are', () => {
    const many = Array.from({ length: 40 }, (_, index) => span(index * 20, index * 20 + 500, `flag-${index}`))
    const marks = packLanes(many, view)
    expect(marks.flatMap((mark) => mark.items)).toHaveLength(40)
    for (const a of marks)
      for (const b of marks)
        if (a !== b && a.row === b.row) expect(a.left + a.width <= b.left || b.left + b.width <= a.left).toBe(true)
  })

  it('puts the worst on top, and lets many flags share rows where they do not meet', () => {
    const many = Array.from({ length: 8 }, (_, index) => ({
      ...span(index * 100, index * 100 + 60, `f${index}`),
      rank: index % 2,
    }))
    const marks = packLanes(many, view)
    expect(new Set(marks.map((mark) => mark.row))).toEqual(new Set([0]))
    const two = packLanes(
      [
        { ...span(0, 500, 'info'), rank: 2 },
        { ...span(100, 600, 'critical'), rank: 0 },
      ],
      view,
    )
    expect(two.map((mark) => mark.items[0])).toEqual(['critical@100', 'info@0'])
  })

  it('puts the name where it fits: in the mark, beside it, or nowhere', () => {
    expect(packLanes([span(0, 900, 'a')], view)[0]?.side).toBe('in')
    expect(packLanes([span(0, 10, 'a')], view)[0]?.side).toBe('right')
    expect(packLanes([span(995, 1000, 'a')], view)[0]).toMatchObject({ side: 'left', left: 980, width: 20 })
    expect(
      packLanes([span(0, 10, 'a'), span(30, 40, 'a'), span(995, 1000, 'a')], view).map((mark) => mark.side),
    ).toEqual(['none', 'right', 'left'])
  })
})

describe('alsoText', () => {
  it('says what other sources say of the same', () => {
    const { known } = metricGroups([
      one('sessions.active'),
      one('sessions.active', { id: 2, source: 'system-stats', primary: false }),
    ])
    expect(known[0]?.series.map((series) => series.id)).toEqual([1])
    expect(alsoText(known[0]?.also ?? [], () => ({ value: 30, last: 30 }), 'count')).toBe('also from system-stats: 30')
    expect(alsoText(known[0]?.also ?? [], () => ({ value: null, last: 28 }), 'count')).toMatch(/28, stale$/)
  })

  it('draws another source where the primary one gives nothing', () => {
    expect(metricGroups([one('sessions.active', { primary: false })]).known[0]?.series).toHaveLength(1)
  })
})
