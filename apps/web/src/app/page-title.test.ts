import { describe, expect, it } from 'vitest'
import { pageTitle } from './page-title.ts'

type State = 'ok' | 'warning' | 'critical' | 'unknown'
const system = (state: State, down = false): { state: State; down: boolean } => ({ state, down })
const calm = { lost: false, demo: false, screen: undefined }

describe('pageTitle', () => {
  it.each([
    [[], 'Headroom'],
    [[system('ok')], 'Headroom'],
    [[system('critical'), system('critical'), system('warning')], '(2) critical · Headroom'],
    [[system('critical', true), system('critical'), system('ok')], '(2) critical · Headroom'],
    [[system('critical', true), system('unknown')], '(1) down · Headroom'],
    [[system('warning'), system('ok')], '(1) warning · Headroom'],
    [[system('unknown'), system('warning')], '(1) unknown · Headroom'],
  ])('counts the worst of %j', (systems, title) => {
    expect(pageTitle({ ...calm, systems })).toBe(title)
  })

  it('names the screen, and the demo', () => {
    expect(pageTitle({ ...calm, systems: [system('warning')], screen: 'Set-up', demo: true })).toBe(
      '(1) warning · Set-up · Headroom (demo)',
    )
  })

  it('says first that nothing is known of now', () => {
    expect(pageTitle({ ...calm, systems: [system('critical')], lost: true })).toBe('not connected · Headroom')
  })
})
