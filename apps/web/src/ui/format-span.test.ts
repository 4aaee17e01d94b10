import { describe, expect, it } from 'vitest'
import { offsetText, spanText } from './format-span.ts'

describe('a span of time', () => {
  it.each([
    [0, '0 s'],
    [499, '0 s'],
    [59_999, '1 min'],
    [210_000, '3 min 30 s'],
    [8 * 3_600_000, '8 h'],
    [3_600_000 + 5_000, '1 h'],
    [90_000_000, '1 d 1 h'],
  ])('of %i ms is said in its two largest units: %s', (ms, words) => {
    expect(spanText(ms).replaceAll('\u00a0', ' ')).toBe(words)
  })
})

describe('a moment of an event', () => {
  it.each([
    [0, 'T+0:00'],
    [42 * 60_000 + 59_000, 'T+0:42'],
    [-10 * 60_000, 'T−0:10'],
    [-1, 'T+0:00'],
    [26 * 3_600_000, 'T+26:00'],
  ])('%i ms after its beginning is %s', (ms, words) => {
    expect(offsetText(ms)).toBe(words)
  })

  it('has seconds where they matter', () => {
    expect(offsetText(4_445_000, true)).toBe('T+1:14:05')
    expect(offsetText(-5_000, true)).toBe('T−0:00:05')
  })
})
