import { describe, expect, it } from 'vitest'
import { bucketSamples, widen, windowPoints } from './bucket.ts'
import type { ChartInput, ChartSeries } from './chart-model.ts'
import { nearestCrossing, valuesAt } from './hover-values.ts'
import { frameOf } from './frame.ts'
import { hasBand, withGaps } from './gaps.ts'
import { lineNames } from './line-names.ts'
import { momentAfter, momentText, selectionText } from './moments.ts'
import { crossingMarks } from './overlay.ts'
import { seriesPixels } from './pixels.ts'
import { spreadApart, timeTicks, xAt, yScale } from './scale.ts'
import { nearestLine, summaryText, trend } from './summary.ts'
import { fullMoment, timeLabels } from './time-labels.ts'
import { doubled, halved, selectedSpan } from './zoom-span.ts'
import { axisText } from './axis-text.ts'

const point = (
  t: number,
  last: number,
  min = last,
  max = last,
): { t: number; min: number; max: number; last: number } => ({ t, min, max, last })
const series = (points: ChartSeries['points'], change: Partial<ChartSeries> = {}): ChartSeries => ({
  key: '1',
  label: 'a',
  points,
  color: 'black',
  spread: false,
  gapMs: 10,
  ...change,
})
const input = (change: Partial<ChartInput> = {}): ChartInput => ({
  title: 'Memory',
  unit: 'percent',
  from: 0,
  to: 100,
  series: [],
  lines: [],
  crossings: [],
  ...change,
})
const line = { key: 'l', value: 80, compare: 'above', mark: 'warning', words: 'memory > 80 %, documented' } as const

describe('bucketSamples', () => {
  it('keeps the least and greatest of a bucket, so that no spike disappears', () => {
    expect(
      bucketSamples(
        [
          [1, 5],
          [2, 90],
          [3, 6],
          [11, 7],
        ],
        10,
      ),
    ).toEqual([point(3, 6, 5, 90), point(11, 7)])
  })

  it('keeps a null as a gap', () => {
    expect(
      bucketSamples(
        [
          [1, 5],
          [2, null],
          [3, 6],
        ],
        10,
      ),
    ).toEqual([point(1, 5), { t: 2, last: null }, point(3, 6)])
  })
})

describe('windowPoints', () => {
  const history = { t: [0, 10, 20], min: [1, null, 3], max: [2, null, 4], last: [1.5, null, 3.5] }

  it('lets the samples replace the last bucket, which was not whole, when they reach back to it', () => {
    expect(
      windowPoints(
        history,
        [
          [15, 9],
          [20, 3],
          [25, 8],
          [31, 5],
        ],
        { from: 0, to: 100, stepMs: 10 },
      ),
    ).toEqual([point(0, 1.5, 1, 2), point(25, 8, 3, 8), point(31, 5)])
  })

  it('joins them to it where they do not, so that the line ends at the newest value', () => {
    expect(
      windowPoints(
        history,
        [
          [24, 9],
          [31, 5],
        ],
        { from: 0, to: 100, stepMs: 10 },
      ),
    ).toEqual([point(0, 1.5, 1, 2), point(24, 9, 3, 9), point(31, 5)])
  })

  it('keeps a silence within it as a gap', () => {
    expect(
      windowPoints(
        history,
        [
          [24, null],
          [28, 2],
        ],
        { from: 15, to: 100, stepMs: 10 },
      ),
    ).toEqual([point(20, 3.5, 3, 4), { t: 24, last: null }, point(28, 2)])
  })

  it('shows nothing from outside the window', () => {
    expect(windowPoints(history, [[101, 1]], { from: 15, to: 100, stepMs: 10 })).toEqual([point(20, 3.5, 3, 4)])
  })
})

describe('what is drawn', () => {
  it('breaks a line at a silence and not before', () => {
    expect(withGaps([point(0, 1), point(10, 2), point(21, 3)], 10)).toEqual([
      point(0, 1),
      point(10, 2),
      { t: 11, last: null },
      point(21, 3),
    ])
  })

  it('draws a line through its own points, and breaks it at a gap', () => {
    const one = input({ unit: 'count', series: [series([point(0, 0), point(10, 10), point(60, 5)])] })
    const scale = { low: 0, high: 10, ticks: [] }
    const frame = { width: 120, height: 30, left: 10, right: 10, top: 0, bottom: 10 }
    const drawn = one.series.map((each) => seriesPixels(each, one, scale, frame))
    expect(drawn[0]?.line).toEqual([
      { x: 10, y: 20 },
      { x: 20, y: 0 },
      { x: 21, y: null },
      { x: 70, y: 10 },
    ])
  })

  it('has a band where a bucket hides detail, and for a spread', () => {
    expect(hasBand(series([point(0, 5)]))).toBe(false)
    expect(hasBand(series([point(0, 5, 1, 9)]))).toBe(true)
    expect(hasBand(series([point(0, 5)], { spread: true }))).toBe(true)
    expect(widen([point(0, 2), point(5, 9), point(12, 4)], 10)).toEqual([point(0, 9, 2, 9), point(12, 4)])
  })
})

describe('scales', () => {
  it('takes lines within reach into the picture and leaves far ones out', () => {
    const near = yScale(
      input({
        unit: 'count',
        series: [series([point(0, 27)])],
        lines: [{ ...line, value: 40 }],
        limit: { value: 100, words: '' },
      }),
    )
    expect(near.high).toBeGreaterThan(40)
    expect(near.high).toBeLessThan(100)
  })

  it('does not flatten the picture for a line that only informs', () => {
    const at = (mark: 'info' | 'warning'): number =>
      yScale(input({ unit: 'count', series: [series([point(0, 30)])], lines: [{ ...line, mark, value: 80 }] })).high
    expect(at('info')).toBeLessThan(40)
    expect(at('warning')).toBeGreaterThan(80)
  })

  it('shows percent up to 100, and room above', () => {
    expect(yScale(input({ series: [series([point(0, 34)])] })).high).toBe(100)
    expect(yScale(input({ series: [series([point(0, 130)])] })).high).toBeGreaterThan(130)
  })

  it('does not flatten small shares for the sake of a whole that they never come near', () => {
    const errors = input({ series: [series([point(0, 0.7)])], lines: [{ ...line, value: 5 }] })
    expect(yScale(errors).high).toBeLessThan(10)
    expect(yScale(input({ series: [series([point(0, 3)])], lines: [line] })).high).toBe(100)
  })

  it('counts seconds in minutes and hours', () => {
    const { ticks } = yScale(input({ unit: 'seconds', series: [series([point(0, 600)])] }))
    expect(ticks).toEqual([0, 300, 600])
  })

  it('counts bytes in powers of two', () => {
    const { ticks } = yScale(input({ unit: 'bytes', series: [series([point(0, 2 ** 31)])] }))
    expect(ticks).toEqual([0, 2 ** 30, 2 ** 31])
  })

  it.each([
    ['huge values', [1e15, 2e15]],
    ['tiny values', [1e-9, 3e-9]],
    ['only negative ones', [-5, -1]],
    ['both signs', [-1e6, 1e6]],
    ['all equal ones', [7, 7]],
    ['only zeros', [0, 0]],
    ['one value', [42]],
  ])('has a few ticks, all apart and within the picture, for %s', (_, values) => {
    const { low, high, ticks } = yScale(
      input({ unit: 'none', series: [series(values.map((value, n) => point(n, value)))] }),
    )
    expect(high).toBeGreaterThan(low)
    expect(ticks.length).toBeGreaterThan(1)
    expect(ticks.length).toBeLessThan(9)
    expect(new Set(ticks.map((tick) => axisText(tick, 'none'))).size).toBe(ticks.length)
    for (const value of values) expect(value <= high && value >= low).toBe(true)
    for (const tick of ticks) expect(axisText(tick, 'none').length).toBeLessThan(10)
  })

  it('shows where the line is while nothing has happened yet, also with a limit of zero', () => {
    const quiet = input({ unit: 'count', series: [series([point(0, 0)])], lines: [{ ...line, value: 50 }] })
    expect(yScale(quiet).high).toBeGreaterThan(50)
    const { low, high } = yScale(input({ unit: 'count', series: [], limit: { value: 0, words: 'limit 0' } }))
    expect(high).toBeGreaterThan(low)
  })

  it('leaves the same room while a figure only changes a little', () => {
    const room = (value: number): number => {
      const one = input({ unit: 'count', series: [series([point(0, value)])] })
      return frameOf(one, yScale(one), 400, 150).right
    }
    expect(room(9)).toBe(room(12))
    expect(room(99)).toBe(room(101))
  })

  it('begins and ends the plots of a column at the same place, whatever their figures', () => {
    const edges = (unit: string, value: number, width: number): readonly number[] => {
      const one = input({ unit, series: [series([point(0, value)])] })
      const { left, right } = frameOf(one, yScale(one), width, 150)
      return [left, right]
    }
    const ordinary = [
      ['count', 27],
      ['percent', 34],
      ['percent', 99.9],
      ['bytes', 683 * 2 ** 20],
      ['seconds', 0.342],
      ['seconds', 324],
      ['bool', 1],
    ] as const
    const [first, ...rest] = ordinary.map(([unit, value]) => edges(unit, value, 470))
    for (const each of rest) expect(each).toEqual(first)
    // On a phone each keeps what it can.
    expect(edges('count', 27, 300)[1]).toBeLessThan(edges('bytes', 683 * 2 ** 20, 300)[1] ?? 0)
  })

  it('gives a picture to nothing', () => {
    const { low, high } = yScale(input({ unit: 'count' }))
    expect(high).toBeGreaterThan(low)
  })

  it('puts ticks on round moments of the shown zone', () => {
    expect(timeTicks(0, 3_600_000, 5, () => 0)).toEqual([0, 900_000, 1_800_000, 2_700_000, 3_600_000])
    expect(timeTicks(0, 86_400_000, 4, () => 1_800_000)[0]).toBe(19_800_000)
  })

  it('keeps ticks on round moments where the clocks change', () => {
    const [autumn, spring] = [Date.UTC(2026, 9, 25, 1), Date.UTC(2026, 2, 29, 1)]
    const winterFrom = (change: number) => (t: number) => (t < change ? 7_200_000 : 3_600_000)
    const summerFrom = (change: number) => (t: number) => (t < change ? 3_600_000 : 7_200_000)
    const clocks = (ticks: readonly number[], ahead: (t: number) => number): string[] =>
      ticks.map((tick) => new Date(tick + ahead(tick)).toISOString().slice(8, 16))
    const shown = (from: number, to: number, most: number, ahead: (t: number) => number): string[] =>
      clocks(timeTicks(from, to, most, ahead), ahead)
    // Two days to either side, in days; six hours, in twos; and two hours, of which one is there twice.
    expect(shown(autumn - 48 * 3_600_000, autumn + 48 * 3_600_000, 4, winterFrom(autumn))).toEqual([
      '24T00:00',
      '25T00:00',
      '26T00:00',
      '27T00:00',
    ])
    expect(shown(autumn - 3 * 3_600_000, autumn + 3 * 3_600_000, 4, winterFrom(autumn))).toEqual([
      '25T00:00',
      '25T02:00',
      '25T04:00',
    ])
    expect(shown(autumn - 3_600_000, autumn + 3_600_000, 4, winterFrom(autumn))).toEqual([
      '25T02:00',
      '25T02:30',
      '25T02:00',
      '25T02:30',
      '25T03:00',
    ])
    // In spring 02:00 is not there.
    expect(shown(spring - 3 * 3_600_000, spring + 3 * 3_600_000, 4, summerFrom(spring))).toEqual([
      '29T00:00',
      '29T04:00',
      '29T06:00',
    ])
  })

  it('places a moment and moves labels apart', () => {
    expect(xAt(50, { from: 0, to: 100 }, { width: 120, height: 50, left: 10, right: 10, top: 0, bottom: 0 })).toBe(60)
    expect(spreadApart([10, 12, 40], 14, 0, 100)).toEqual([10, 24, 40])
    expect(spreadApart([98, 99], 14, 0, 100)).toEqual([86, 100])
  })
})

describe('names of lines', () => {
  const named = (
    key: string,
    y: number,
    words: string,
    mark: 'warning' | 'critical' | 'limit' = 'warning',
  ): { key: string; y: number; words: string; mark: typeof mark } => ({ key, y, words, mark })

  const room = { low: 6, high: 120, left: 40, right: 400, drawn: [] }

  it('stand above their lines, those of close lines in one', () => {
    const names = lineNames(
      [
        named('a', 60, 'DB pool > 16, ours'),
        named('b', 50, 'DB pool ≥ 20, documented', 'critical'),
        named('limit', 50, 'limit 20, reported', 'limit'),
        named('c', 100, 'DB pool > 5, ours'),
      ],
      room,
    )
    expect(names.map((name) => [name.y, name.words, name.mark])).toEqual([
      [42, 'DB pool > 16, ours · ≥ 20, documented · limit 20, reported', 'critical'],
      [92, 'DB pool > 5, ours', 'warning'],
    ])
  })
  it('go to the left where the picture is at the right', () => {
    const at = (x: number): string | undefined =>
      lineNames([named('a', 60, 'memory > 80 %, ours')], { ...room, drawn: [{ x, y: 50 }] })[0]?.end
    expect([at(390), at(50), at(200)]).toEqual(['left', 'right', 'right'])
  })
})

describe('times under a picture', () => {
  const hour = { from: 0, to: 3_600_000 }

  it('are turned inwards at the edges, so that none is cut', () => {
    const labels = timeLabels(hour, { width: 500, left: 0, right: 0 }, 'utc')
    expect(labels[0]).toMatchObject({ anchor: 'start', x: 0 })
    expect(labels.at(-1)).toMatchObject({ anchor: 'end', x: 500 })
    expect(labels.slice(1, -1).every((label) => label.anchor === 'middle')).toBe(true)
  })

  it('name a day where it begins, so that none is there twice and no time stands for two', () => {
    const noon = Date.UTC(2026, 10, 18, 12)
    const texts = (days: number): string[] =>
      timeLabels({ from: noon, to: noon + days * 86_400_000 }, { width: 900, left: 0, right: 0 }, 'utc').map(
        ({ text }) => text,
      )
    expect(texts(1).filter((text) => /Nov/.test(text))).toHaveLength(1)
    for (const days of [1, 2, 3, 4, 5, 9]) {
      const seen = texts(days).filter((text) => /Nov/.test(text))
      expect(new Set(seen).size).toBe(seen.length)
      expect(seen.length).toBeGreaterThan(0)
    }
  })

  it('are counted from the beginning of an event, and say so before it too', () => {
    const labels = timeLabels({ from: 0, to: 7_200_000, origin: 1_800_000 }, { width: 500, left: 40, right: 60 }, 'utc')
    expect(labels.map((label) => label.text)).toEqual(['T−0:30', 'T+0:00', 'T+0:30', 'T+1:00', 'T+1:30'])
    expect(fullMoment(4_274_000, 'utc', 30_000)).toMatch(/0?1:11:14.* \(T\+1:10:44\)$/)
  })

  it('stay in the middle where there is room', () => {
    expect(
      timeLabels(hour, { width: 500, left: 40, right: 60 }, 'utc').every((label) => label.anchor === 'middle'),
    ).toBe(true)
  })
})

describe('the moment that keys move', () => {
  const one = input({ unit: 'count', series: [series([point(0, 1), point(10, 2), point(20, 3)])] })

  it('goes from point to point, and stays at the ends', () => {
    const keys = ['ArrowLeft', 'ArrowRight', 'Home', 'End', 'x']
    expect(keys.map((key) => momentAfter(key, 10, one))).toEqual([0, 20, 0, 20, undefined])
    expect(momentAfter('ArrowLeft', null, one)).toBe(20)
    expect(momentAfter('ArrowRight', 20, one)).toBe(20)
    expect(momentAfter('ArrowLeft', null, input())).toBeUndefined()
  })

  it('is said with its time and every value', () => {
    expect(momentText(one, 10_000, 'utc')).toMatch(/00:00:10|12:00:10.*: no value/)
    expect(
      momentText(input({ unit: 'count', series: [...one.series, series([], { label: 'b' })] }), 10, 'utc'),
    ).toMatch(/: a 2, b no value$/)
  })
})

describe('a span that is chosen', () => {
  const hour = { from: 0, to: 3_600_000 }

  it('is in time order and within the window, from whichever side it was drawn', () => {
    expect(selectedSpan({ anchor: 60_000, end: 20_000 }, hour)).toEqual({ from: 20_000, to: 60_000 })
    expect(selectedSpan({ anchor: 60_000, end: -5 }, hour)).toEqual({ from: 0, to: 60_000 })
  })

  it('is said with its length', () => {
    expect(selectionText({ from: 20_000, to: 230_000 }, 'utc')).toMatch(/:00:20.* to .*:03:50.*, 3\smin 30\ss$/)
  })

  it('halves the window around a moment that stays where it is, down to ten seconds', () => {
    expect(halved(hour, 900_000)).toEqual({ from: 450_000, to: 2_250_000 })
    expect(halved({ from: 0, to: 12_000 }, 6_000)).toEqual({ from: 1_000, to: 11_000 })
    expect(halved(hour, 9e9)).toEqual({ from: 1_800_000, to: 3_600_000 })
  })

  it('doubles it without reaching into what is still to come', () => {
    expect(doubled({ from: 7_200_000, to: 10_800_000 }, 99e9)).toEqual({ from: 5_400_000, to: 12_600_000 })
    expect(doubled({ from: 7_200_000, to: 10_800_000 }, 10_800_000)).toEqual({ from: 3_600_000, to: 10_800_000 })
    expect(doubled(hour, 3_600_000).from).toBeGreaterThan(0)
  })
})

describe('many lines and crossings', () => {
  const at = (key: string, from: number, mark: 'warning' | 'critical'): ChartInput['crossings'][number] => ({
    key,
    from,
    to: null,
    line: 5,
    compare: 'above',
    mark,
    words: key,
  })

  it('are one mark where they would lie on each other, the worst of them, with the words of all', () => {
    const one = input({ crossings: [at('a', 10, 'warning'), at('b', 12, 'critical'), at('c', 80, 'warning')] })
    const frame = { width: 220, height: 100, left: 10, right: 10, top: 0, bottom: 0 }
    const marks = crossingMarks(one, { low: 0, high: 10, ticks: [] }, frame)
    expect(marks.map((mark) => [mark.mark, mark.words])).toEqual([
      ['critical', 'b\na'],
      ['warning', 'c'],
    ])
  })

  it('are counted where they are too many to be named', () => {
    const many = Array.from({ length: 40 }, (_, n) => ({
      key: `${n}`,
      y: 50 + n / 10,
      words: `queue > ${n}, ours`,
      mark: 'warning' as const,
    }))
    const names = lineNames(many, { low: 6, high: 120, left: 40, right: 400, drawn: [] })
    expect(names.map((name) => name.words)).toEqual(['queue > 39, ours · > 38, ours · > 37, ours · and 37 more lines'])
  })
})

describe('summary', () => {
  it('says a limit that is too far above to be drawn', () => {
    const pool = (used: number): string =>
      summaryText(
        input({
          title: 'DB pool in use',
          unit: 'count',
          series: [series([point(0, used)])],
          limit: { value: 10, words: 'limit 10, reported' },
        }),
        used,
      )
    expect(pool(3)).toBe('DB pool in use 3, limit 10, reported')
    expect(pool(4)).toBe('DB pool in use 4')
  })

  it('says value, trend, and how far the line is', () => {
    const rising = series([1, 2, 3, 4, 5, 6].map((n) => point(n, 60 + n * 2)))
    expect(summaryText(input({ series: [rising], lines: [line] }), 72).replaceAll('\u00a0', ' ')).toBe(
      'Memory 72 %, rising, 8 % to the line (memory > 80 %, documented)',
    )
    expect(trend(series([point(0, 1)]))).toBeUndefined()
    const fellLongAgo = [...Array.from({ length: 30 }, () => 90), ...Array.from({ length: 30 }, () => 30)]
    expect(trend(series(fellLongAgo.map((value, n) => point(n, value))))).toBe('steady')
  })

  it('says that nothing is known', () => {
    expect(summaryText(input({ series: [series([])] }), null)).toBe('Memory: no value now')
  })

  it('speaks of the crossed line before the next one', () => {
    const lines = [line, { ...line, key: 'm', value: 90 }]
    expect(nearestLine(85, lines)?.value).toBe(80)
    expect(nearestLine(95, lines)?.value).toBe(90)
    expect(nearestLine(20, lines)?.value).toBe(80)
  })
})

describe('hover', () => {
  it('gives the nearest value, and none inside a gap', () => {
    const one = input({ series: [series([point(0, 1), point(10, 2), { t: 11, last: null }, point(60, 6)])] })
    expect(valuesAt(one, 9)[0]?.point).toEqual(point(10, 2))
    expect(valuesAt(one, 35)[0]?.point).toBeNull()
  })

  it('names the nearest crossing', () => {
    const crossing = { key: 'a', from: 10, to: 20, line: 1, compare: 'above', mark: 'warning', words: 'A' } as const
    expect(
      nearestCrossing(input({ crossings: [crossing, { ...crossing, key: 'b', from: 50, to: null, words: 'B' }] }), 45)
        ?.words,
    ).toBe('B')
  })
})
