import type { Event } from '@headroom/shared/model/event.ts'
import type { FlagView } from '@headroom/shared/model/flag.ts'
import { describe, expect, it } from 'vitest'
import { logBursts, type CountedLines } from './log-bursts.ts'
import { patternsOf, readLines, signName } from './log-lines.ts'
import { packLanes } from './pack-lanes.ts'

const MINUTE = 60_000

function flag(metric: string, labels: Record<string, string> = {}): FlagView {
  return {
    id: 'f',
    system: 's',
    metric,
    labels,
    kind: 'count',
    compare: 'above',
    line: 0,
    clear: null,
    unit: 'count',
    holdSeconds: 0,
    severity: 'critical',
    title: 'F',
    steps: [],
    supplied: true,
    conditional: false,
    why: { text: '', document: '', figure: '', ours: false },
  }
}

const line = (seq: number, text: string, more: { pattern?: string; source?: string } = {}): Event => {
  const pattern = more.pattern ?? 'memory-error'
  return {
    seq,
    at: 1_000 * seq,
    kind: 'log',
    level: 'warning',
    system: 's',
    source: more.source ?? 'app',
    pattern,
    text: `${pattern}: ${text}`,
  }
}

describe('the lines beside a flag', () => {
  it('are those of the pattern that it is judged by, of one log where it names one', () => {
    expect(patternsOf([flag('log.matches_per_minute', { pattern: 'a' })])).toEqual([{ pattern: 'a' }])
    expect(patternsOf([flag('log.matches_per_minute@nginx', { pattern: 'a' })])).toEqual([
      { pattern: 'a', source: 'nginx' },
    ])
  })

  it('are told once where a milder and a severer flag look for the same', () => {
    const both = flag('log.matches_per_minute', { pattern: 'a' })
    expect(patternsOf([both, { ...both, id: 'g', severity: 'warning' }])).toHaveLength(1)
  })

  it('are none for a flag of something else, or of no pattern', () => {
    expect(patternsOf([flag('memory.used_percent', { pattern: 'a' }), flag('log.matches_per_minute')])).toEqual([])
  })

  it('come newest first, without the name of their pattern before them', () => {
    const lines = readLines([line(1, 'one'), line(2, 'memory-error: in the line itself'), line(3, 'three')], {
      pattern: 'memory-error',
    })
    expect(lines.map(({ text }) => text)).toEqual(['three', 'memory-error: in the line itself', 'one'])
  })

  it('say of what was not kept how many lines it was, with the line of the same log before it', () => {
    const events = [
      line(1, 'and 9 more'),
      line(2, 'one'),
      line(3, 'two', { source: 'nginx' }),
      line(4, 'and 20 more'),
      line(5, 'and 5 more'),
      line(6, 'three and 4 more'),
    ]
    const lines = readLines(events, { pattern: 'memory-error' })
    expect(lines.map(({ text, more }) => [text, more])).toEqual([
      ['three and 4 more', 0],
      ['two', 0],
      ['one', 25],
    ])
  })

  it('leave out other patterns and other logs', () => {
    const events = [line(1, 'one'), line(2, 'two', { pattern: 'other' }), line(3, 'three', { source: 'nginx' })]
    expect(readLines(events, { pattern: 'memory-error', source: 'app' }).map(({ seq }) => seq)).toEqual([1])
  })

  it('a good sign is read as words', () => {
    expect([signName('booting-worker'), signName('ready'), signName('-')]).toEqual(['Booting worker', 'Ready', '-'])
  })
})

describe('lines of logs on the time axis', () => {
  const window = { from: 0, to: 60 * MINUTE }
  const counted = (pattern: string, live: CountedLines['live']): CountedLines => ({
    pattern,
    everyMs: 5_000,
    slotAt: 0,
    history: undefined,
    live,
  })

  it('are one mark with their number while they come together, the most frequent pattern first', () => {
    const spans = logBursts(
      [
        counted('timeout', [[10 * MINUTE, 24]]),
        counted('memory-error', [
          [10 * MINUTE + 5_000, 600],
          [10 * MINUTE + 10_000, 0],
          [10 * MINUTE + 15_000, null],
          [30 * MINUTE, 12],
        ]),
      ],
      window,
      MINUTE,
    )
    expect(spans.map(({ name, from, to }) => [name, from, to])).toEqual([
      ['about 52 log lines: memory-error 50, timeout 2', 10 * MINUTE, 10 * MINUTE + 5_000],
      ['1 log line: memory-error', 30 * MINUTE, 30 * MINUTE],
    ])
  })

  it('are as many in buckets as they were, however the buckets lie between the values', () => {
    // 40 lines in the value of 00:10; every 5 s a value, 2 s after the full five.
    const every = 5_000
    for (const stepMs of [3_000, 6_000, 60_000]) {
      const t = Array.from({ length: 10 }, (_, index) => index * stepMs)
      const avg = t.map((from) => {
        const values = Array.from({ length: 200 }, (_, index) => 2_000 + index * every)
          .filter((at) => at >= from && at < from + stepMs)
          .map((at) => (at === 12_000 ? 480 : 0))
        return values.length === 0 ? null : values.reduce((sum: number, value) => sum + value, 0) / values.length
      })
      const history = { t, avg, stepMs, to: 10 * stepMs }
      const spans = logBursts(
        [{ pattern: 'memory-error', everyMs: every, slotAt: 102_000, history, live: [] }],
        window,
        1,
      )
      expect(spans.map(({ name }) => name)).toEqual(['about 40 log lines: memory-error'])
    }
  })

  it('are left out beyond the window', () => {
    expect(logBursts([counted('a', [[90 * MINUTE, 12]])], window, MINUTE)).toEqual([])
  })

  it('have a row of their own below the notes, and one mark each', () => {
    const live = Array.from({ length: 400 }, (_, index) => [index * 9_000, 12] as const)
    const width = 300
    const bursts = logBursts([counted('a', live)], window, ((window.to - window.from) * 44) / width)
    const note = { id: 'n', at: 30 * MINUTE, text: 'Lab 2', kind: 'note' as const }
    const marks = packLanes(
      [{ from: note.at, to: note.at, group: 'notes', rank: 1, name: note.text, item: note }, ...bursts],
      { ...window, width },
    )
    expect(marks.map(({ row, name, items }) => [row, name, items.length])).toEqual([
      [0, 'Lab 2', 1],
      [1, 'about 400 log lines: a', 1],
    ])
  })
})
