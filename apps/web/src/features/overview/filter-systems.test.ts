import { describe, expect, it } from 'vitest'
import { facetsOf, filterSystems } from './filter-systems.ts'
import { OverviewSearch, filterOf, isUsed, searchOf } from './overview-search.ts'
import type { Filter } from './overview-search.ts'
import { madeSystem } from './testing/made-system.ts'

const systems = [
  madeSystem('captions', { name: 'Café captions', presets: ['web-service', 'workshop-on-render'] }),
  madeSystem('ide', { name: 'Python IDE', presets: ['web-service', 'ide-on-ecs'], state: 'critical' }),
  madeSystem('grades', { name: 'ورشة', state: 'critical', down: true }),
  madeSystem('marking', { name: 'Marking API', presets: ['web-service', 'ide-on-ecs'], state: 'warning' }),
]
const filter = (change: Partial<Filter>): Filter => ({ text: '', states: [], presets: [], ...change })
const found = (change: Partial<Filter>): string[] => filterSystems(systems, filter(change)).map(({ id }) => id)

describe('filterSystems', () => {
  it.each([
    ['python', ['ide']],
    ['  PYTHON   ide ', ['ide']],
    ['cafe', ['captions']],
    ['ورشة', ['grades']],
    ['ecs', ['ide', 'marking']],
    ['ide mark', ['marking']],
    ['<b>', []],
    ['web-service', []],
    ['', ['captions', 'ide', 'grades', 'marking']],
  ])('finds %j by name, id or preset', (text, ids) => {
    expect(found({ text })).toEqual(ids)
  })

  it('keeps one of the states and one of the presets; what is down is not also critical', () => {
    expect(found({ states: ['critical'] })).toEqual(['ide'])
    expect(found({ states: ['critical', 'down'] })).toEqual(['ide', 'grades'])
    expect(found({ states: ['critical', 'warning'], presets: ['ide-on-ecs'] })).toEqual(['ide', 'marking'])
  })
})

describe('facetsOf', () => {
  it('counts each choice beside what is chosen of the other kinds', () => {
    const { states, presets } = facetsOf(systems, filter({ states: ['ok'] }))
    expect(states.map(({ value, count }) => [value, count])).toEqual([
      ['down', 1],
      ['critical', 1],
      ['warning', 1],
      ['ok', 1],
    ])
    expect(presets.map(({ value, count }) => [value, count])).toEqual([['workshop-on-render', 1]])
  })

  it('keeps offering what is chosen, also where it shows nothing, and never what all have', () => {
    const { states, presets } = facetsOf(systems, filter({ states: ['unknown'], presets: ['gone'] }))
    expect(states).toContainEqual({ value: 'unknown', count: 0, chosen: true })
    expect(presets).toContainEqual({ value: 'gone', count: 0, chosen: true })
    expect(presets.map(({ value }) => value)).not.toContain('web-service')
  })
})

describe('the filter in the address', () => {
  const read = (search: unknown): Filter => filterOf(OverviewSearch.parse(search))

  it('comes back as it was', () => {
    const full = filter({ text: 'a b', states: ['critical', 'down'], presets: ['ide-on-ecs'] })
    expect(read(searchOf(full))).toEqual({ ...full, states: ['down', 'critical'] })
    expect(searchOf(filter({}))).toEqual({})
  })

  it('takes a number for a word, and leaves out what it does not know', () => {
    expect(read({ q: 5, state: 'critical,purple,', preset: ['x'] })).toEqual(
      filter({ text: '5', states: ['critical'] }),
    )
  })

  it('is used as soon as it keeps anything out', () => {
    expect(
      [{}, { text: '  ' }, { text: 'a' }, { states: ['ok' as const] }].map((each) => isUsed(filter(each))),
    ).toEqual([false, false, true, true])
  })
})
