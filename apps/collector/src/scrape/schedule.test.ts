import { describe, expect, it } from 'vitest'
import { createDueQueue } from './due-queue.ts'
import { backoffIntervals, followingSlot, nextSlot, slotOffset } from './schedule.ts'

describe('slots', () => {
  it('are spread evenly: of a thousand sources no tenth of the interval has twice its share', () => {
    const tenths = Array.from({ length: 10 }, () => 0)
    for (let index = 0; index < 1_000; index++) {
      const tenth = Math.floor(slotOffset(`system-${index}/http-json`, 5_000) / 500)
      tenths[tenth] = (tenths[tenth] ?? 0) + 1
    }
    expect(Math.min(...tenths)).toBeGreaterThan(60)
    expect(Math.max(...tenths)).toBeLessThan(140)
  })

  it('stay where they are whenever one looks', () => {
    const offset = slotOffset('a/b', 5_000)
    expect(slotOffset('a/b', 5_000)).toBe(offset)
    expect(nextSlot(1_000_000, 5_000, offset)).toBe(nextSlot(1_000_000 - 1, 5_000, offset))
  })

  it.each([
    [0, 5_000],
    [4_999, 5_000],
    [5_000, 10_000],
    [-1, 0],
  ])('after %i comes %i', (now, slot) => {
    expect(nextSlot(now, 5_000, 0)).toBe(slot)
  })

  it.each([
    [10_000, 15_000, 0],
    [14_999, 15_000, 0],
    [15_000, 20_000, 1],
    [31_000, 35_000, 4],
  ])('when late, at %i, those missed are passed over and counted', (now, slot, missed) => {
    expect(followingSlot(10_000, now, 5_000)).toEqual({ slot, missed })
  })
})

describe('backing off', () => {
  it('starts after the third failure and ends at a minute, or twelve intervals', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 60].map((failures) => backoffIntervals(failures, 5_000))).toEqual([
      1, 1, 1, 2, 4, 8, 12, 12,
    ])
    expect(backoffIntervals(60, 1_000)).toBe(12)
    expect(backoffIntervals(60, 60_000)).toBe(1)
  })
})

it('a due queue gives the earliest first', () => {
  const queue = createDueQueue<number>()
  const moments = Array.from({ length: 500 }, (_, index) => (index * 7_919) % 1_000)
  for (const at of moments) queue.push(at, at)
  expect(queue.nextAt()).toBe(0)
  const taken: number[] = []
  for (let due = queue.takeDue(700); due !== undefined; due = queue.takeDue(700)) taken.push(due.item)
  expect(taken).toEqual(moments.filter((at) => at <= 700).toSorted((a, b) => a - b))
})
