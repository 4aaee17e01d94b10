import { describe, expect, it } from 'vitest'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { transitionsOf, wordsOf } from './transitions.ts'

const system = (id: string, state: SystemView['state'], down = false, lastOkAt: number | null = 1): SystemView => ({
  id,
  name: id.toUpperCase(),
  presets: [],
  state,
  down,
  since: 0,
  sources: [
    {
      id: 'health',
      type: 'http-json',
      state: 'ok',
      lastOkAt,
      everySeconds: 5,
      lagSeconds: 0,
      tookSeconds: 0.1,
      leftOut: 0,
    },
  ],
  headroom: [],
  texts: [],
  alerts: { warning: 0, critical: 0 },
})

describe('transitionsOf', () => {
  it('tells what changed, and nothing of what is new or the same', () => {
    const before = wordsOf([system('a', 'warning'), system('b', 'critical'), system('c', 'ok')])
    expect(
      transitionsOf(before, [system('a', 'unknown'), system('b', 'ok'), system('c', 'ok'), system('d', 'critical')]),
    ).toEqual({ urgent: '', calm: 'A is unknown. B is ok again.' })
  })

  it('interrupts only for what is newly critical or down', () => {
    const before = wordsOf([system('a', 'ok'), system('b', 'critical'), system('c', 'unknown')])
    expect(
      transitionsOf(before, [system('a', 'critical'), system('b', 'critical', true), system('c', 'critical', true)]),
    ).toEqual({ urgent: 'A is critical. C is down.', calm: 'B is down.' })
  })

  it('says nothing where nothing changed', () => {
    const systems = [system('a', 'critical')]
    expect(transitionsOf(wordsOf(systems), systems)).toEqual({ urgent: '', calm: '' })
  })

  it('takes an answer that was waited for as no news, but what is wrong from the beginning as news', () => {
    const starting = ['a', 'b', 'c'].map((id) => system(id, 'unknown', false, null))
    const first = wordsOf(starting)
    expect(
      transitionsOf(first, [system('a', 'ok'), system('b', 'warning'), system('c', 'critical', true, null)]),
    ).toEqual({
      urgent: 'C is down.',
      calm: 'B is warning.',
    })
    // A collector that began anew knows nothing for a moment: what was, still is.
    const known = wordsOf([system('a', 'ok'), system('b', 'critical'), system('c', 'critical')])
    expect(transitionsOf(known, starting)).toEqual({ urgent: '', calm: '' })
    expect(
      transitionsOf(wordsOf(starting, known), [system('a', 'ok'), system('b', 'critical'), system('c', 'ok')]),
    ).toEqual({ urgent: '', calm: 'C is ok again.' })
  })

  it('gathers many', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f']
    const { calm } = transitionsOf(
      wordsOf(ids.map((id) => system(id, 'ok'))),
      ids.map((id) => system(id, 'warning')),
    )
    expect(calm).toBe('A is warning. B is warning. C is warning. D is warning. And 2 more.')
  })
})
