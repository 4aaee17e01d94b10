import { describe, expect, it } from 'vitest'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { CHANGE_SHOWN_MS, cardOrder, nextPlacement, waitingCount } from './card-order.ts'
import type { Placement } from './card-order.ts'
import { madeSystem } from './testing/made-system.ts'

const critical = (id: string): SystemView => madeSystem(id, { state: 'critical' })
const ok = (id: string): SystemView => madeSystem(id)

type Step = { systems: SystemView[]; matching?: SystemView[]; held?: boolean; now?: number; key?: string }

/** The placement after a first look and some more. */
function after(...steps: Step[]): Placement {
  const last = steps.reduce<Placement | undefined>(
    (before, { systems, matching = systems, held = false, now = 0, key = '' }) =>
      nextPlacement(before, { all: systems, matching, key, held, now }),
    undefined,
  )
  if (last === undefined) throw new Error('no step')
  return last
}

describe('cardOrder', () => {
  it('puts the worst first and keeps the configured order within a state', () => {
    const order = cardOrder([
      madeSystem('a'),
      madeSystem('b', { state: 'warning' }),
      critical('c'),
      madeSystem('d'),
      madeSystem('e', { state: 'unknown' }),
      madeSystem('f', { state: 'critical', down: true }),
    ])
    expect(order.map((each) => each.id)).toEqual(['f', 'c', 'e', 'b', 'a', 'd'])
  })
})

describe('a start', () => {
  it('shuffles no cards: what is only just being asked stands where it will stand if all is well', () => {
    const pending = madeSystem('b').sources.map((source) => ({ ...source, state: 'pending' as const, lastOkAt: null }))
    const starting = madeSystem('b', { state: 'unknown', sources: pending })
    expect(cardOrder([ok('a'), starting, critical('c')]).map((each) => each.id)).toEqual(['c', 'a', 'b'])
  })
})

describe('nextPlacement', () => {
  it('moves a card when its state changes, and marks where it went', () => {
    const placement = after({ systems: [ok('a'), ok('b')] }, { systems: [ok('a'), critical('b')], now: 5 })
    expect(placement.shown).toEqual(['b', 'a'])
    expect([...placement.changes]).toEqual([['b', { word: 'critical', was: 'ok', moved: 'up', at: 5 }]])
  })

  it('marks nothing at the first look, nor the first word of a system that had not spoken yet', () => {
    const silent = madeSystem('a', { state: 'unknown', sources: [] })
    expect(after({ systems: [critical('a')] }).changes.size).toBe(0)
    expect(after({ systems: [silent, ok('b')] }, { systems: [ok('a'), ok('b')] }).changes.size).toBe(0)
  })

  it('is the same object while no state changed, so that nothing is drawn anew', () => {
    const first = after({ systems: [ok('a'), critical('b')] })
    const again = nextPlacement(first, {
      all: [ok('a'), critical('b')],
      matching: [ok('a'), critical('b')],
      key: '',
      held: true,
      now: 9,
    })
    expect(again).toBe(first)
  })

  it('keeps every card in its place while the order is held, marks the change, and counts what waits', () => {
    const systems = [ok('a'), critical('b'), ok('c')]
    const placement = after({ systems: [ok('a'), ok('b'), ok('c')] }, { systems, held: true, now: 5 })
    expect(placement.shown).toEqual(['a', 'b', 'c'])
    expect(placement.changes.get('b')).toEqual({ word: 'critical', was: 'ok', moved: 'not', at: 5 })
    expect(waitingCount(placement, systems)).toBe(1)
  })

  it('moves them once it is let go, and says so even if the change is long past', () => {
    const systems = [ok('a'), critical('b')]
    const later = 10 * CHANGE_SHOWN_MS
    const placement = after(
      { systems: [ok('a'), ok('b')] },
      { systems, held: true, now: 5 },
      { systems, held: false, now: later },
    )
    expect(placement.shown).toEqual(['b', 'a'])
    expect(placement.changes.get('b')).toEqual({ word: 'critical', was: 'ok', moved: 'up', at: later })
    expect(waitingCount(placement, systems)).toBe(0)
  })

  it('counts nothing as waiting where letting go would move nothing', () => {
    const systems = [critical('a'), ok('b')]
    expect(waitingCount(after({ systems: [ok('a'), ok('b')] }, { systems, held: true }), systems)).toBe(0)
  })

  it('holds a card that no longer passes the filter, puts a new one at the end, and drops one that is gone', () => {
    const start = { systems: [critical('a'), critical('b'), ok('c')], matching: [critical('a'), critical('b')] }
    const held = after(start, {
      systems: [ok('a'), critical('b'), critical('c')],
      matching: [critical('b'), critical('c')],
      held: true,
    })
    expect(held.shown).toEqual(['a', 'b', 'c'])
    expect(after(start, { systems: [critical('b')], held: true }).shown).toEqual(['b'])
  })

  it('takes a new filter at once, held or not, and calls that no move', () => {
    const systems = [ok('a'), critical('b')]
    const placement = after(
      { systems: [ok('a'), ok('b')] },
      { systems, matching: [systems[1] ?? ok('b')], held: true, key: 'critical' },
    )
    expect(placement.shown).toEqual(['b'])
    expect(placement.changes.get('b')?.moved).toBe('not')
  })

  it('forgets a change once it is no news any more', () => {
    const placement = after(
      { systems: [ok('a'), ok('b')] },
      { systems: [critical('a'), ok('b')], now: 1 },
      { systems: [critical('a'), critical('b')], now: CHANGE_SHOWN_MS + 1 },
    )
    expect([...placement.changes.keys()]).toEqual(['b'])
  })
})
