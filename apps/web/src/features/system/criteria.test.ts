import { describe, expect, it } from 'vitest'
import type { Range } from '@headroom/shared/contracts.ts'
import type { SeriesView } from '@headroom/shared/model/series.ts'
import type { Criterion } from '@headroom/shared/model/system.ts'
import { criterionValues, streakOf, worstSide } from './criterion-history.ts'
import { seriesAsked, unitAsked, valueNow } from './value-now.ts'
import type { Question } from './value-now.ts'

const series = (id: number, metric: string, change: Partial<SeriesView> = {}): SeriesView => ({
  id,
  system: 's',
  source: 'health',
  primary: true,
  metric,
  unit: 'count',
  labels: {},
  at: 1,
  value: 0,
  ...change,
})
const ask = (metric: string, change: Partial<Question> = {}): Question => ({
  metric,
  labels: {},
  over: 'each',
  ...change,
})

describe('the value of now', () => {
  const all = [
    series(1, 'queue.length', { labels: { queue: 'high' } }),
    series(2, 'queue.length', { labels: { queue: 'low' } }),
    series(3, 'threads.active'),
    series(4, 'users.active'),
    series(5, 'users.active', { source: 'stats', primary: false }),
    series(6, 'responses.per_minute', { unit: 'per_minute', labels: { status: '200' } }),
  ]
  const values: Record<number, number | null> = { 1: 41, 2: 20, 3: 30, 4: 12, 5: 15, 6: 300 }
  const now = (question: Question, compare: 'above' | 'below' = 'above', held = values): number | null =>
    valueNow(question, compare, { series: all, value: (id) => held[id] ?? null })

  it('is that of the series nearest to the line, or of all together', () => {
    expect(now(ask('queue.length'))).toBe(41)
    expect(now(ask('queue.length'), 'below')).toBe(20)
    expect(now(ask('queue.length', { over: 'sum' }))).toBe(61)
    expect(now(ask('queue.length', { over: 'spread' }))).toBe(21)
    expect(now(ask('queue.length', { labels: { queue: 'low' } }))).toBe(20)
  })

  it('is of the primary source, or of the one that is named', () => {
    expect(now(ask('users.active'))).toBe(12)
    expect(now(ask('users.active@stats'))).toBe(15)
  })

  it('follows arithmetic, and has the unit of it', () => {
    expect(now(ask('threads.active / users.active'))).toBe(2.5)
    expect(unitAsked(ask('threads.active / users.active'), all)).toBe('count')
    expect(now(ask('threads.active / users.active'), 'above', { ...values, 4: 0 })).toBeNull()
  })

  it('is none where a count of a label never came beside others that did', () => {
    const of503 = ask('responses.per_minute', { labels: { status: '503' } })
    expect(now(of503)).toBe(0)
    expect(seriesAsked(of503, all).map(({ id }) => id)).toEqual([6])
    expect(now(of503, 'above', {})).toBeNull()
    expect(now(ask('responses.per_minute', { labels: { region: 'eu' } }))).toBeNull()
  })

  it('is not known where nothing gives it, or all of it is stale', () => {
    expect(now(ask('memory.used_percent'))).toBeNull()
    expect(now(ask('queue.length'), 'above', {})).toBeNull()
    expect(now(ask('limit:sessions - users.active'))).toBeNull()
  })
})

describe('since when a criterion is as it is', () => {
  const below: Criterion = { text: 'Queue under 50', metric: 'queue.length', below: 50 }
  const own = [series(1, 'queue.length')]
  const STEP = 5_000
  /** Buckets of 5 s, as `least-greatest`, one number for both, or `_` for none. */
  const range = (shorthand: string): Range => {
    const buckets = shorthand.split(' ').map((text) => (text === '_' ? null : text.split('-').map(Number)))
    const t = buckets.map((_, index) => index * STEP)
    const end = (pick: 'first' | 'last') => buckets.map((each) => each?.at(pick === 'first' ? 0 : -1) ?? null)
    return {
      from: 0,
      to: buckets.length * STEP,
      stepMs: STEP,
      series: [{ id: 1, t, min: end('first'), max: end('last'), avg: end('first'), last: end('first') }],
    }
  }
  const streak = (shorthand: string, verdict: 'met' | 'not met' = 'met'): string => {
    const asked = range(shorthand)
    const found = streakOf(below, verdict, criterionValues(below, own, asked), asked, 3 * STEP)
    return found === undefined ? 'unknown' : `${found.since / 1000}s${found.whole ? ' whole' : ''}`
  }

  it('is the first moment after it was last otherwise', () => {
    expect(streak('61 61 40 40 40')).toBe('10s')
    expect(streak('40 40 61 61', 'not met')).toBe('10s')
  })

  it('counts the worst within a moment, but the newest moment by its last value', () => {
    expect(streak('40 40-61 40 40')).toBe('10s')
    expect(streak('61 61 40-61')).toBe('10s')
  })

  it('may be longer than was looked at', () => {
    expect(streak('40 40 40')).toBe('0s whole')
    expect(streak('_ _ 40 40')).toBe('10s whole')
    expect(streak('_ _ _ _ _ _ 40 40')).toBe('30s')
  })

  it('looks past a moment without a value, not past a long silence', () => {
    expect(streak('61 40 _ 40 _ 40')).toBe('5s')
    expect(streak('40 40 _ _ _ _ _ 40 40')).toBe('35s')
  })

  it('is not known where the newest value says otherwise, or there is none', () => {
    expect(streak('40 40 61')).toBe('unknown')
    expect(streak('_ _ _')).toBe('unknown')
    expect(streak('40 40 _ _ _ _ _')).toBe('unknown')
  })

  it('looks at the side that it fears', () => {
    expect([worstSide({ text: '', below: 1 }), worstSide({ text: '', atLeast: 1 })]).toEqual(['above', 'below'])
  })
})
