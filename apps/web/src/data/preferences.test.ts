import { describe, expect, it } from 'vitest'
import { followOtherTabs, preferences, setPreferences, subscribePreferences } from './preferences.ts'

type Kept = { key: string | null; newValue: string | null }
type View = Parameters<typeof followOtherTabs>[0]

/** Another tab: what it keeps is heard by the window of this one, as the browser tells it. */
function otherTab(): { view: View; keeps: (key: string | null, newValue: string | null) => void } {
  const heard = new Set<(event: Kept) => void>()
  return {
    view: {
      addEventListener(_type, listener, { signal }) {
        heard.add(listener)
        signal.addEventListener('abort', () => heard.delete(listener))
      },
    },
    keeps: (key, newValue) => heard.forEach((listener) => listener({ key, newValue })),
  }
}

describe('preferences', () => {
  it('are the defaults where a browser keeps nothing, and hold until the page is closed', () => {
    expect(preferences()).toEqual({
      version: 1,
      scheme: 'auto',
      density: 'comfortable',
      zone: 'local',
      letters: true,
      announce: true,
    })
    let told = 0
    const stop = subscribePreferences(() => {
      told += 1
    })
    setPreferences({ zone: 'utc' })
    stop()
    setPreferences({ zone: 'local' })
    expect([preferences().zone, told]).toEqual(['local', 1])
  })

  it('follow another tab, part by part where it kept something that is not understood', () => {
    const { view, keeps } = otherTab()
    const here = new AbortController()
    followOtherTabs(view, here.signal)
    keeps('headroom.preferences', JSON.stringify({ version: 7, scheme: 'dark', density: 'tiny', letters: false }))
    expect(preferences()).toMatchObject({ version: 1, scheme: 'dark', density: 'comfortable', letters: false })
    keeps('something.else', '{}')
    expect(preferences().scheme).toBe('dark')
    keeps('headroom.preferences', 'not json')
    expect(preferences()).toMatchObject({ scheme: 'auto', letters: true })
    keeps('headroom.preferences', JSON.stringify({ zone: 'utc' }))
    keeps(null, null)
    expect(preferences().zone).toBe('local')
    here.abort()
    keeps('headroom.preferences', JSON.stringify({ zone: 'utc' }))
    expect(preferences().zone).toBe('local')
  })
})
