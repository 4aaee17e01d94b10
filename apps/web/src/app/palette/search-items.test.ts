import { describe, expect, it } from 'vitest'
import type { Item } from './item.ts'
import { offeredItems } from './offered-items.ts'
import { searchItems } from './search-items.ts'

const item = (id: string, name: string, more: Partial<Item> = {}): Item => ({
  id,
  kind: 'Chart',
  name,
  run: () => undefined,
  ...more,
})
const ITEMS = [
  item('system:web', 'Web UI', { kind: 'System', where: 'critical', words: 'webui webui-and-rq-on-openshift' }),
  item('system:cap', 'Caption workshop', { kind: 'System', where: 'ok', words: 'captions workshop-on-render' }),
  item('screen:/', 'Overview', { kind: 'Screen' }),
  item('set:dark', 'Colours: dark', { kind: 'Setting', words: 'theme' }),
  item('chart:web/memory', 'Memory', { where: 'Web UI', words: 'memory.used_percent' }),
  item('chart:cap/memory', 'Memory', { where: 'Caption workshop', words: 'memory.used_percent' }),
  item('flag:cap/memory', 'Memory near 100 %', { kind: 'Flag', where: 'Caption workshop' }),
  item('system:cafe', 'Café größer', { kind: 'System' }),
  item('system:jp', '字幕ワークショップ', { kind: 'System' }),
]
const ids = (typed: string, recent: string[] = []): string[] =>
  searchItems(ITEMS, recent)(typed, 10).map(({ id }) => id)

describe('searchItems', () => {
  it('finds by the beginning of a name, an id, a preset, a state', () => {
    expect(ids('web')[0]).toBe('system:web')
    expect(ids('captions')).toEqual(['system:cap'])
    expect(ids('openshift')).toEqual(['system:web'])
    expect(ids('critical')).toEqual(['system:web'])
    expect(ids('theme')).toEqual(['set:dark'])
  })

  it('takes words in any order', () => {
    expect(ids('cap mem').slice(0, 2).toSorted()).toEqual(['chart:cap/memory', 'flag:cap/memory'])
    expect(ids('mem cap').slice(0, 2).toSorted()).toEqual(['chart:cap/memory', 'flag:cap/memory'])
  })

  it('forgives a slip of the finger, and letters left out', () => {
    expect(ids('ovreview')).toEqual(['screen:/'])
    expect(ids('wrkshp')[0]).toBe('system:cap')
  })

  it('reads other scripts, and accents where none were typed', () => {
    expect(ids('cafe')).toEqual(['system:cafe'])
    expect(ids('字幕')).toEqual(['system:jp'])
  })

  it('puts what was used lately first among what fits as well', () => {
    expect(ids('memory', ['chart:cap/memory'])[0]).toBe('chart:cap/memory')
    expect(ids('memory', ['chart:web/memory'])[0]).toBe('chart:web/memory')
  })

  it('finds nothing for nonsense, and is not broken by signs', () => {
    expect(ids('zzzzqqqq')).toEqual([])
    for (const typed of ['(', '[a', '\\', '.*', '%', '-x', '"']) expect(() => ids(typed)).not.toThrow()
  })
})

describe('offeredItems', () => {
  it('offers what was used lately first, each thing once, and nothing that is no more', () => {
    const groups = offeredItems(ITEMS, ['chart:cap/memory', 'system:gone', 'system:cap'])
    expect(groups.map(({ title, items }) => [title, items.map(({ id }) => id)])).toEqual([
      ['Used lately', ['chart:cap/memory', 'system:cap']],
      ['Systems', ['system:web', 'system:cafe', 'system:jp']],
      ['Screens', ['screen:/']],
      ['Settings', ['set:dark']],
    ])
  })
})
