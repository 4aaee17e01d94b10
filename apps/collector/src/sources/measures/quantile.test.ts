import { describe, expect, it } from 'vitest'
import { type Piece, quantileOf } from './quantile.ts'

const piece = (lower: number, upper: number, count: number): Piece => ({ lower, upper, count })

describe('a quantile', () => {
  it('lies evenly spread within its piece', () => {
    expect(quantileOf([piece(0, 1, 50), piece(1, 3, 50)], 0.5)).toBe(1)
    expect(quantileOf([piece(0, 1, 50), piece(1, 3, 50)], 0.75)).toBe(2)
    expect(quantileOf([piece(2, 4, 10)], 0.95)).toBeCloseTo(3.9)
  })

  it('of several histograms is that of all their values: a larger share is never a smaller value', () => {
    const one = [piece(1, 2, 10)]
    const many = Array.from({ length: 13 }, () => piece(1, 2, 10))
    for (const q of [0.01, 0.5, 0.95, 1]) expect(quantileOf(many, q)).toBeCloseTo(quantileOf(one, q) ?? NaN)
    const mixed = [piece(0, 10, 30), piece(1, 2, 50), piece(-Infinity, 5, 10), piece(4, Infinity, 3), piece(2, 2, 7)]
    const values = Array.from({ length: 100 }, (_, index) => quantileOf(mixed, (index + 1) / 100) ?? NaN)
    expect(values).toEqual(values.toSorted((a, b) => a - b))
    expect(quantileOf([piece(0, 10, 50), piece(0, 1, 50)], 0.5)).toBeCloseTo(50 / 55)
  })

  it('in a piece without an end is the end that it has', () => {
    expect(quantileOf([piece(0, 5, 1), piece(5, Infinity, 9)], 0.95)).toBe(5)
    expect(quantileOf([piece(-Infinity, 4, 10)], 0.5)).toBe(2)
    expect(quantileOf([piece(-Infinity, -4, 10)], 0.5)).toBe(-4)
    expect(quantileOf([piece(-Infinity, Infinity, 10)], 0.5)).toBeUndefined()
  })

  it('of nothing is not known', () => {
    expect(quantileOf([], 0.5)).toBeUndefined()
    expect(quantileOf([piece(0, 1, 0)], 0.5)).toBeUndefined()
  })
})
