import type { Mapped, Reading } from '@headroom/shared/model/reading.ts'
import { describe, expect, test } from 'vitest'
import { checkTable, WIDTH, type Part } from './check-table.ts'

function mapped(path: string, metric: string, own: Partial<Mapped> = {}): Mapped {
  return { path, metric, unit: 'count', value: 1, labels: {}, how: 'known', ...own }
}

function part(rows: Mapped[], own: Partial<Part> = {}, reading: Partial<Reading> = {}): Part {
  const empty = { points: [], texts: [], leftOut: 0 }
  return {
    name: 'a/b',
    state: 'ok',
    where: 'there',
    reading: { up: 1, ...empty, mapped: rows, ...reading },
    remarks: [],
    ...own,
  }
}

const linesOf = (parts: Part[], all = false): string[] => checkTable(parts, all).trimEnd().split('\n')

describe('checkTable', () => {
  test('is one table: the columns of all sources stand beneath each other', () => {
    const parts = [
      part([mapped('users', 'users.active', { value: 41 })]),
      part([mapped('memory.percent', 'memory.used_percent', { unit: 'percent', value: 34.2 })], { name: 'a/other' }),
    ]
    expect(linesOf(parts)).toEqual([
      '  what            metric               value',
      'a/b      ok  there',
      '  users           users.active         41',
      'a/other  ok  there',
      '  memory.percent  memory.used_percent  34.2 %',
    ])
  })

  test('no line is longer than 100 characters, whatever names there are', () => {
    const long = (word: string): string => `${word}.`.repeat(40)
    const row = mapped(long('path'), long('metric'), { value: long('value'), labels: { service: long('label') } })
    const texts = [{ path: 'said', lines: [long('line'), long('line')] }]
    const lines = linesOf([part([row], { where: long('where'), name: `system/${'s'.repeat(40)}` }, { texts })])
    expect(Math.max(...lines.map((line) => line.length))).toBe(WIDTH)
  })

  test('a label is said once: not where it stands in the path', () => {
    const labels = { service: 'webui', status: '503' }
    const [, , row] = linesOf([part([mapped('webui: responses', 'responses.per_minute', { labels })])])
    expect(row).toBe('  webui: responses  responses.per_minute{status=503}  1')
  })

  test('what a path has in common with the one above is not said again', () => {
    const rows = [mapped('db one: size', 'x.a'), mapped('db one: users', 'x.b'), mapped('db two: users', 'x.b')]
    expect(
      linesOf([part(rows)])
        .slice(2)
        .map((line) => line.slice(2, 15).trim()),
    ).toEqual(['db one: size', '" users', 'db two: users'])
  })

  test('many series of one metric are folded, and so are many without a better name; all are there when asked for', () => {
    const pods = Array.from({ length: 7 }, (_, index) => mapped(`pod-${index}`, 'cpu.used_percent'))
    const own = Array.from({ length: 20 }, (_, index) => mapped(`own.${index}`, `own.${index}`, { how: 'own path' }))
    const folded = linesOf([part([...pods, mapped('users', 'users.active'), ...own])])
    expect(folded.filter((line) => line.includes('cpu.used_percent'))).toHaveLength(3)
    expect(folded.filter((line) => line.includes('own.'))).toHaveLength(12)
    expect(folded.join('\n')).toContain('users.active')
    expect(folded.join('\n')).toContain('  and 12 more: --all\n')
    const all = linesOf([part([...pods, ...own])], true)
    expect(all.filter((line) => /pod-|own\./.test(line))).toHaveLength(27)
  })

  test('says what stands under a name of its own, what `map` gave, and what is ignored', () => {
    const rows = [
      mapped('a', 'a', { how: 'own path' }),
      mapped('b', 'users.active', { how: 'map' }),
      mapped('c', 'c', { how: 'ignored' }),
    ]
    expect(linesOf([part(rows)]).slice(2)).toEqual([
      '  a     a *                 1',
      '  b     users.active (map)  1',
      '  c     (ignored)           1',
      '',
      '* kept under a name of its own',
    ])
  })
})
