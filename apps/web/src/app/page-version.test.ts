import { describe, expect, it } from 'vitest'
import { reloadOnceFor, scriptName } from './page-version.ts'

describe('reloadOnceFor', () => {
  it('reloads once for each newer page, so that one that never comes makes no circle', () => {
    const kept = new Map<string, string>()
    let reloads = 0
    const view = {
      sessionStorage: {
        getItem: (key: string) => kept.get(key) ?? null,
        setItem: (key: string, value: string) => void kept.set(key, value),
      },
      location: { reload: () => (reloads += 1) },
    }
    expect([reloadOnceFor('a.js', view), reloadOnceFor('a.js', view), reloadOnceFor('b.js', view)]).toEqual([
      true,
      false,
      true,
    ])
    expect(reloads).toBe(2)
  })

  it('leaves it to the reader where nothing can be remembered', () => {
    const view = {
      sessionStorage: {
        getItem: () => null,
        setItem: () => {
          throw new Error('QuotaExceededError')
        },
      },
      location: { reload: () => expect.fail('it was reloaded') },
    }
    expect(reloadOnceFor('a.js', view)).toBe(false)
  })
})

describe('scriptName', () => {
  it('is the last part of the address', () => {
    expect(scriptName('http://127.0.0.1:4600/assets/index-abc.js?v=1')).toBe('index-abc.js')
  })
})
