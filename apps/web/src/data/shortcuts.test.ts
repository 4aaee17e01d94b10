import { describe, expect, it } from 'vitest'
import { KEYS } from './keys.ts'
import { findKey } from './shortcuts.ts'

describe('KEYS', () => {
  it('gives no key two kinds of work on one screen', () => {
    const clashes = KEYS.flatMap((key, index) =>
      KEYS.slice(index + 1)
        .filter((other) => key.place === other.place || key.place === 'everywhere' || other.place === 'everywhere')
        .flatMap((other) => {
          const taken: readonly string[] = other.keys
          return key.keys.filter((each) => taken.includes(each)).map((each) => `${each}: ${key.id}, ${other.id}`)
        }),
    )
    expect(clashes).toEqual([])
  })

  it('has no sequence that begins with a key of its own', () => {
    const all = KEYS.flatMap(({ keys }) => [...keys] as string[])
    expect(all.filter((keys) => keys.includes(' ') && all.includes(keys.split(' ')[0] ?? ''))).toEqual([])
  })
})

describe('findKey', () => {
  it.each([
    [['?'], 'help'],
    [['mod+k'], 'palette'],
    [['g', 'o'], 'overview'],
    [['x', 'u'], 'setup'],
    [['g'], undefined],
    [[], undefined],
  ])('%j is %s', (typed, id) => {
    expect(findKey(typed)?.id).toBe(id)
  })
})
