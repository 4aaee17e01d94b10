import { describe, expect, it } from 'vitest'
import type { Mapped, TriedSource } from '@headroom/shared/model/trial.ts'
import { foundWords, mappedWords, metricTitle, sortMapped } from './found-words.ts'
import { problemsOf, renamed } from './system-fields.ts'
import { tookText } from './took-text.ts'

const mapped = (path: string, how: string): Mapped => ({ path, metric: path, unit: 'count', value: 1, labels: {}, how })
const source = (rows: Mapped[], change: Partial<TriedSource> = {}): TriedSource => ({
  type: 'http-json',
  place: 'http://localhost:3000/health',
  tookSeconds: 0.1,
  mapped: rows,
  leftOut: 0,
  ...change,
})

describe('what was found', () => {
  it('puts what is known by name first, then what keeps its path, and leaves out what is ignored', () => {
    const rows = [mapped('build', 'own path'), mapped('users', 'known'), mapped('x', 'ignored'), mapped('y', 'map')]
    const { known, own } = sortMapped(rows)
    expect([known.map(({ path }) => path), own.map(({ path }) => path)]).toEqual([['users', 'y'], ['build']])
  })

  it.each([
    [[source([mapped('a', 'known')])], 'Found 1 value'],
    [[source([mapped('a', 'known'), mapped('b', 'own path')])], 'Found 2 values'],
    [[source([mapped('a', 'known')]), source([mapped('b', 'known')])], 'Found 2 values at 2 addresses'],
    [[source([])], 'It answers, but gives no numbers'],
    [[source([mapped('a', 'known')], { error: { code: 'http_status', message: 'unhealthy' } })], 'Found 1 value'],
    [[source([], { error: { code: 'html', message: 'no' } })], 'It answers, but gives no numbers'],
  ])('%#: %s', (tried, words) => {
    expect(foundWords({ tried })).toBe(words)
  })

  it.each([
    [source([mapped('a', 'known')]), '1 recognised'],
    [source([mapped('a', 'own path')]), '1 kept under its own path'],
    [
      source([mapped('a', 'known'), mapped('b', 'own path'), mapped('c', 'own path')], { leftOut: 3 }),
      '1 recognised, 2 kept under their own path, 3 left out: there are too many',
    ],
    [source([]), 'No numbers: whether it answers, and how fast, can still be watched'],
  ])('%#: %s', (tried, words) => {
    expect(mappedWords(tried)).toBe(words)
  })

  it('names a metric by its title, another by its path', () => {
    expect(metricTitle('sessions.active')).toBe('Sessions')
    expect(metricTitle('build.number')).toBe('build.number')
  })

  it('tells how long it took', () => {
    expect([0.0001, 0.084, 2.5].map((s) => tookText(s).replaceAll('\u00a0', ' '))).toEqual([
      'less than 1 ms',
      '84 ms',
      '2.5 s',
    ])
  })
})

describe('problemsOf', () => {
  const fields = { id: 'my-app', name: 'My app', preset: '' }

  it('has nothing against good fields', () => {
    expect(problemsOf(fields, ['other'])).toEqual({})
    expect(problemsOf({ ...fields, name: 'x'.repeat(200) }, [])).toEqual({})
  })

  it.each([
    [{ id: '' }, /Give it an id/],
    [{ id: 'My App' }, /small letters/],
    [{ id: 'x'.repeat(65) }, /at most 64/],
    [{ id: 'taken' }, /already/],
  ])('says what is wrong with the id of %j', (change, words) => {
    expect(problemsOf({ ...fields, ...change }, ['taken']).id).toMatch(words)
  })

  it.each([
    [{ name: '  ' }, /Give it a name/],
    [{ name: 'x'.repeat(201) }, /at most 200/],
  ] as const)('says what is wrong with the name of %j', (change, words) => {
    expect(problemsOf({ ...fields, ...change }, []).name).toMatch(words)
  })
})

describe('renamed', () => {
  const fields = { id: 'localhost-8123', name: 'localhost-8123', preset: '' }

  it('takes the id along, until somebody writes one', () => {
    expect(renamed(fields, 'Café 12, the back room!')).toMatchObject({ id: 'cafe-12-the-back-room' })
    expect(renamed(renamed(fields, 'Lab s'), 'Lab sandbox').id).toBe('lab-sandbox')
    expect(renamed({ ...fields, id: 'mine' }, 'Lab').id).toBe('mine')
    expect(renamed(fields, 'x'.repeat(200)).id).toHaveLength(64)
    expect(renamed(fields, 'سامانه').id).toBe('')
  })
})
