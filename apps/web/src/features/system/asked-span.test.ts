import { describe, expect, it } from 'vitest'
import { askedSpan, tellsAllOf } from './asked-span.ts'

const MINUTE = 60_000

describe('the span that is asked for', () => {
  it('is of whole milliseconds, whatever the window is', () => {
    const dragged = { from: 1_795_268_564_476, to: 1_795_268_971_238 }
    const { from, to } = askedSpan(dragged)
    expect([from, to].every(Number.isInteger)).toBe(true)
    expect(from).toBeLessThanOrEqual(dragged.from)
    expect(to).toBeGreaterThanOrEqual(dragged.to)
  })

  it('stays the same while a window moves on within a step', () => {
    const window = (at: number): { from: number; to: number } => ({ from: at - 15 * MINUTE, to: at })
    expect(askedSpan(window(18 * MINUTE))).toEqual(askedSpan(window(17 * MINUTE)))
  })

  it('tells all of a window within it, and of one that moved on by less than a step', () => {
    const window = { from: 1000 * MINUTE, to: 1015 * MINUTE }
    const asked = askedSpan(window)
    expect(tellsAllOf(asked, window)).toBe(true)
    expect(tellsAllOf(asked, { from: window.from + MINUTE, to: asked.to + 1_000 })).toBe(true)
    expect(tellsAllOf(asked, { from: 1004 * MINUTE, to: 1008 * MINUTE })).toBe(true)
    expect(tellsAllOf(asked, { from: 0, to: 15 * MINUTE })).toBe(false)
    expect(tellsAllOf(asked, { from: asked.from - 1, to: window.to })).toBe(false)
  })
})
