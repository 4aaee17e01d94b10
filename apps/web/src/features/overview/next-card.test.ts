import { describe, expect, it } from 'vitest'
import { isLooking, NOT_LOOKING } from './looking.ts'
import { isCardKey, nextCard } from './next-card.ts'

// Two rows of three, and one card in the last.
const places = [0, 0, 0, 100, 100, 100, 200].map((top, index) => ({ top, left: (index % 3) * 300 }))

describe('nextCard', () => {
  it.each([
    [0, 'ArrowRight', 1],
    [2, 'ArrowRight', 3],
    [6, 'ArrowRight', 6],
    [0, 'ArrowLeft', 0],
    [3, 'ArrowLeft', 2],
    [1, 'ArrowDown', 4],
    [5, 'ArrowDown', 6],
    [6, 'ArrowDown', 6],
    [6, 'ArrowUp', 3],
    [1, 'ArrowUp', 1],
    [4, 'Home', 0],
    [1, 'End', 6],
  ] as const)('from %s with %s to %s', (from, key, to) => {
    expect(nextCard(places, from, key)).toBe(to)
  })

  it('knows its keys', () => {
    expect(['ArrowUp', 'Enter', 'j'].map(isCardKey)).toEqual([true, false, false])
  })
})

describe('isLooking', () => {
  const at = { ...NOT_LOOKING, movedAt: 1_000 }

  it('holds while pointer or focus are on the cards, and not once they have long been idle', () => {
    expect(isLooking({ ...at, pointer: true }, 30_000)).toBe(true)
    expect(isLooking({ ...at, focus: true }, 30_000)).toBe(true)
    expect(isLooking({ ...at, pointer: true }, 61_001)).toBe(false)
    expect(isLooking(at, 1_001)).toBe(false)
  })

  it('stays a while after a finger has been there', () => {
    expect(isLooking({ ...NOT_LOOKING, touchedAt: 1_000 }, 8_000)).toBe(true)
    expect(isLooking({ ...NOT_LOOKING, touchedAt: 1_000 }, 9_001)).toBe(false)
  })
})
