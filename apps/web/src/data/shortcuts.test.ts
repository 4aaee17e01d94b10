import { describe, expect, it } from 'vitest'
import { KEYS } from './keys.ts'
import { setPreferences } from './preferences.ts'
import { findKey, pressedKey } from './shortcuts.ts'

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

describe('pressedKey', () => {
  const none = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false }

  it.each([
    [{ key: 'o' }, 'o'],
    [{ key: '?', shiftKey: true }, '?'],
    [{ key: 'Backspace' }, 'Backspace'],
    [{ key: 'K', ctrlKey: true }, 'mod+k'],
    [{ key: 'k', metaKey: true }, 'mod+k'],
    // The browser's own: its console, its menus.
    [{ key: 'K', ctrlKey: true, shiftKey: true }, undefined],
    [{ key: 'o', altKey: true }, undefined],
    [{ key: 'Enter', ctrlKey: true }, undefined],
    // On its own it is only the beginning of a key.
    [{ key: 'Shift', shiftKey: true }, undefined],
  ])('%j is %s', (event, key) => {
    expect(pressedKey({ ...none, ...event })).toBe(key)
  })

  it('is no character where a reader has switched them off', () => {
    setPreferences({ letters: false })
    expect([
      pressedKey({ ...none, key: 'o' }),
      pressedKey({ ...none, key: 'Backspace' }),
      pressedKey({ ...none, key: 'k', ctrlKey: true }),
    ]).toEqual([undefined, 'Backspace', 'mod+k'])
    setPreferences({ letters: true })
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
