import { describe, expect, it } from 'vitest'
import type { ChartInput, ChartSeries } from '../chart-model.ts'
import { csvText } from '../csv.ts'
import { shortened, widthOf } from './fit-text.ts'
import { makeSheet } from './make-sheet.ts'
import { areaOutline, outline } from './outline.ts'
import { sheetSvg } from './sheet-svg.ts'
import type { SheetMark } from './sheet-model.ts'

const series = (label: string, change: Partial<ChartSeries> = {}): ChartSeries => ({
  key: label,
  label,
  points: [0, 1, 2, 3].map((n) => ({ t: n * 900_000, min: 40 + n, max: 50 + n, last: 45 + n })),
  color: 'var(--series-1)',
  spread: false,
  gapMs: 1_000_000,
  ...change,
})
const input = (change: Partial<ChartInput> = {}): ChartInput => ({
  title: 'Memory',
  unit: 'percent',
  from: 0,
  to: 3_600_000,
  series: [series('a')],
  lines: [{ key: 'l', value: 80, compare: 'above', mark: 'warning', words: 'memory > 80 %, documented' }],
  crossings: [],
  ...change,
})
const made = (of: ChartInput, system = 'Caption workshop'): string =>
  sheetSvg(
    makeSheet({ input: of, system, summary: 'Memory 48 %, steady', zone: 'utc', now: 3_600_000 }, (color) =>
      color.replaceAll(/var\(--(?:series-1|surface)\)/g, '#0072b2').replaceAll(/var\(--[\w-]+\)/g, '#222222'),
    ),
  )
/** Everything written on a sheet. */
function texts(marks: readonly SheetMark[]): string[] {
  return marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : mark.kind === 'group' ? texts(mark.marks) : []))
}

describe('a chart on paper', () => {
  it('says what it is of, from when to when and in which zone, its lines, its axis and its newest value', () => {
    const sheet = makeSheet(
      { input: input(), system: 'Caption workshop', summary: 'Memory 48 %, steady', zone: 'utc', now: 0 },
      (color) => color,
    )
    const all = texts(sheet.marks).join('\n').replaceAll('\u00A0', ' ')
    for (const words of ['Memory', 'Caption workshop', '(UTC)', 'memory > 80 %, documented', '100 %', '48 %', 'Bands'])
      expect(all).toContain(words)
  })

  it.each(['A very long name '.repeat(12), '字'.repeat(200), 'ورشة '.repeat(40)])(
    'says from when to when also of a system called %s',
    (system) => {
      const { marks } = makeSheet({ input: input(), system, summary: '', zone: 'utc', now: 0 }, (color) => color)
      const of = texts(marks).find((text) => text.includes(' · '))
      expect(of).toMatch(/…\u2069 · .* to .* \(UTC\)$/)
    },
  )

  it('stands alone: no address, no variable, no style sheet', () => {
    const svg = made(input())
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(
      /https?:|url\(|var\(|@import|href|<style|<image|data:/,
    )
  })

  it('has a legend with values for more series than can be named at their ends, and the place for it', () => {
    const many = input({ series: ['a', 'b', 'c', 'd', 'e'].map((label) => series(label)) })
    const heights = [input(), many].map((of) => Number(/height="(\d+)"/.exec(made(of))?.[1]))
    expect(made(many)).toMatch(/e\u2069 48/)
    expect(heights[1]).toBeGreaterThan(heights[0] ?? 0)
  })

  it('takes any name for what it is: text', () => {
    const svg = made(input({ title: '<script>alert(1)</script> & "so"\u0000 \uD800' }), 'a & b <i>')
    expect(svg).not.toMatch(/<script|<i>/)
    expect(svg).not.toContain('\u0000')
    expect(svg).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;so&quot;')
  })

  it('says that nothing was recorded where that is so', () => {
    expect(made(input({ series: [series('a', { points: [] })] }))).toContain('Nothing was recorded between')
  })

  it('marks where a line was crossed, and tints what lies beyond', () => {
    const crossing = {
      key: 'c',
      from: 900_000,
      to: null,
      line: 80,
      compare: 'above',
      mark: 'critical',
      words: 'c',
    } as const
    const svg = made(input({ crossings: [crossing] }))
    expect(svg).toContain('M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5z')
    expect(svg).toMatch(/<path[^>]*opacity="0.13"/)
  })
})

describe('a line as a path', () => {
  it('is broken where nothing is known; one value alone is a dot', () => {
    const at = (x: number, y: number | null): { x: number; y: number | null } => ({ x, y })
    expect(outline([at(0, 1), at(1, 2), at(2, null), at(3, 4), at(4, null)])).toBe('M0 1L1 2M3 4Z')
    expect(areaOutline([at(0, 1), at(1, 2), at(2, null)], [at(0, 5), at(1, 6), at(2, null)])).toBe('M0 1L1 2L1 6L0 5Z')
    expect(outline([])).toBe('')
  })
})

describe('text that must fit', () => {
  it('is cut between whole characters, and wide scripts need twice the room', () => {
    expect(shortened('Caption workshop', 60, 12)).toMatch(/^Caption…?/)
    expect(shortened('short', 200, 12)).toBe('short')
    expect(widthOf('字幕', 12)).toBeCloseTo(widthOf('abcd', 12))
    expect(shortened('👩‍🏫👩‍🏫👩‍🏫👩‍🏫', 40, 12)).toBe('👩‍🏫👩‍🏫…')
  })
})

describe('values as CSV', () => {
  it('is one row a time, in UTC, with an empty field where a series has no value', () => {
    expect(
      csvText([
        { name: 'a [count]', t: [0, 2_000], v: [1, 1e-9] },
        { name: 'b [count]', t: [0, 1_000], v: [null, 2.5] },
      ]),
    ).toBe(
      'time,a [count],b [count]\r\n1970-01-01T00:00:00.000Z,1,\r\n1970-01-01T00:00:01.000Z,,2.5\r\n1970-01-01T00:00:02.000Z,1e-9,\r\n',
    )
  })

  it('leaves out times at which no series has a value', () => {
    expect(csvText([{ name: 'a', t: [0], v: [null] }])).toBe('time,a\r\n')
  })

  it('quotes names, and lets no name become a formula', () => {
    expect(csvText([{ name: 'a, "b"', t: [], v: [] }])).toBe('time,"a, ""b"""\r\n')
    expect(csvText([{ name: '=HYPERLINK(1)', t: [], v: [] }])).toBe("time,'=HYPERLINK(1)\r\n")
  })
})
