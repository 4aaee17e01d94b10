import { expect, test } from 'vitest'
import type { Reply } from '../wire/resp.ts'
import { NewestEntries } from './newest-entries.ts'

/** A sorted set that answers what Redis would. */
function sortedSet(entries: Record<string, number>): {
  set: Map<string, number>
  look(counted: NewestEntries): number
} {
  const set = new Map(Object.entries(entries))
  return {
    set,
    look(counted) {
      const replies = counted.commands().map((command): Reply => {
        if (command[0] === 'ZCARD') return set.size
        const least = command[3] === '-inf' ? -Infinity : Number(command[3])
        const found = [...set].filter(([, score]) => score >= least && score < Infinity).toSorted((a, b) => b[1] - a[1])
        return found.slice(0, Number(command[7])).flatMap(([member, score]) => [member, String(score)])
      })
      counted.take(replies)
      return counted.added
    },
  }
}

test('counts what came since the first look, and nothing twice', () => {
  const { set, look } = sortedSet({ a: 10, b: 20 })
  const counted = new NewestEntries('k')
  expect(look(counted)).toBe(0)
  set.set('c', 20).set('d', 21)
  expect(look(counted)).toBe(2)
  expect(look(counted)).toBe(2)
  set.set('e', 21)
  expect(look(counted)).toBe(3)
})

test('an entry that left and came back counts again', () => {
  const { set, look } = sortedSet({ a: 10 })
  const counted = new NewestEntries('k')
  look(counted)
  set.delete('a')
  expect(look(counted)).toBe(0)
  set.set('a', 30)
  expect(look(counted)).toBe(1)
})

test('an empty set that fills is counted from nought', () => {
  const { set, look } = sortedSet({})
  const counted = new NewestEntries('k')
  expect(look(counted)).toBe(0)
  expect(counted.everHeld).toBe(false)
  set.set('a', 5)
  expect([look(counted), counted.everHeld]).toEqual([1, true])
})

test('entries below the newest score are seen by the growth of the set', () => {
  const { set, look } = sortedSet({ a: 1_000 })
  const counted = new NewestEntries('k')
  look(counted)
  set.set('kept for a shorter time', 500).set('for ever', Infinity)
  const seen = [look(counted), look(counted), look(counted), look(counted)]
  expect(seen.at(-1)).toBe(2)
  set.set('b', 1_001)
  expect([look(counted), look(counted), look(counted), look(counted), look(counted)].at(-1)).toBe(3)
})

test('a refused command changes nothing', () => {
  const counted = new NewestEntries('k')
  counted.take([{ error: 'NOPERM' }, { error: 'NOPERM' }])
  expect([counted.added, counted.everHeld]).toEqual([0, false])
})
