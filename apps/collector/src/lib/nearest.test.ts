import { describe, expect, test } from 'vitest'
import { didYouMean, editDistance, nearest } from './nearest.ts'

describe('editDistance', () => {
  test.each([
    ['', '', 0],
    ['a', '', 1],
    ['every', 'evry', 1],
    ['every', 'evrey', 1],
    ['kitten', 'sitting', 3],
    ['same', 'same', 0],
  ])('%s and %s are %i apart', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance)
  })

  test('stops counting beyond the most that matters', () => {
    expect(editDistance('a'.repeat(50), 'b', 3)).toBe(4)
  })
})

describe('nearest', () => {
  const known = ['id', 'every', 'timeout', 'maxSeries', 'labels', 'url']
  test.each([
    ['evry', 'every'],
    ['Every', 'every'],
    ['max_series', 'maxSeries'],
    ['maxseries', 'maxSeries'],
    ['lables', 'labels'],
    ['time', 'timeout'],
  ])('%s was meant to be %s', (word, meant) => {
    expect(nearest(word, known)).toBe(meant)
  })

  test('names nothing where nothing is near', () => {
    expect(nearest('colour', known)).toBeUndefined()
    expect(didYouMean('colour', known)).toBeUndefined()
  })

  test('a very long word takes no time', () => {
    expect(nearest('x'.repeat(1_000_000), known)).toBeUndefined()
  })
})
