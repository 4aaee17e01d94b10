import type { SystemView } from '@headroom/shared/model/system.ts'
import { describe, expect, it } from 'vitest'
import { NEW_SYSTEM, firstTarget, namesOf, targetProblems } from './target.ts'
import type { Target } from './target.ts'

const system = (id: string): SystemView => ({
  id,
  name: id,
  presets: [],
  state: 'ok',
  down: false,
  since: 0,
  sources: [],
  headroom: [],
  texts: [],
  alerts: { warning: 0, critical: 0 },
})
const [captions, grades] = [system('captions'), system('grades')]
describe('the system a source is for', () => {
  it('is the one that the address names, or the only one, or to be chosen, or new', () => {
    expect(firstTarget([captions, grades], 'grades')).toEqual({ kind: 'watched', id: 'grades' })
    expect(firstTarget([captions], 'gone')).toEqual({ kind: 'watched', id: 'captions' })
    expect(firstTarget([captions, grades], undefined)).toEqual({ kind: 'watched', id: '' })
    expect(firstTarget([], 'captions')).toEqual(NEW_SYSTEM)
  })

  it('must be chosen; a new one has a name and an id of its own', () => {
    expect(targetProblems([captions, grades], { kind: 'watched', id: '' })).toHaveProperty('id')
    expect(targetProblems([captions], { kind: 'watched', id: 'captions' })).toEqual({})
    expect(Object.keys(targetProblems([captions], NEW_SYSTEM)).toSorted()).toEqual(['id', 'name'])
    const taken: Target = { kind: 'new', id: 'captions', name: 'Captions', preset: '' }
    expect(Object.keys(targetProblems([captions], taken))).toEqual(['id'])
  })
})

describe('what a source and its secrets are called', () => {
  it('is its type, with a number beside another; its secrets after it, where the system has more', () => {
    const target: Target = { kind: 'watched', id: 'captions' }
    expect(namesOf('redis', '', target, [])).toEqual({ source: 'redis', secrets: 'captions-redis' })
    expect(namesOf('redis', '', target, ['redis'])).toEqual({ source: 'redis-2', secrets: 'captions-redis-2' })
    expect(namesOf('redis', 'cache', target, ['redis'])).toEqual({ source: 'cache', secrets: 'captions-cache' })
    expect(namesOf('redis', '', { kind: 'new', id: 'shop', name: 'Shop', preset: '' }, []).secrets).toBe('shop')
  })
})
