import { describe, expect, it } from 'vitest'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { transitionText, wordsOf } from './transitions.ts'

const system = (id: string, state: SystemView['state']): SystemView => ({
  id,
  name: id.toUpperCase(),
  presets: [],
  state,
  down: false,
  since: 0,
  sources: [],
  headroom: [],
  texts: [],
  alerts: { warning: 0, critical: 0 },
})

describe('transitionText', () => {
  it('tells what changed, and nothing of what is new or the same', () => {
    const before = wordsOf([system('a', 'ok'), system('b', 'critical'), system('c', 'ok')])
    expect(
      transitionText(before, [system('a', 'critical'), system('b', 'ok'), system('c', 'ok'), system('d', 'critical')]),
    ).toBe('A is critical. B is ok again')
  })

  it('gathers many', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f']
    expect(
      transitionText(
        wordsOf(ids.map((id) => system(id, 'ok'))),
        ids.map((id) => system(id, 'warning')),
      ),
    ).toMatch(/And 2 more\.$/)
  })
})
