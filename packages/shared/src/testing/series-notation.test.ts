import { describe, expect, it } from 'vitest'
import { samplesOf, series } from './series-notation.ts'

describe('series notation', () => {
  it('reads names, labels and sources', () => {
    expect(series('cpu{worker="a", queue="b c"}@redis', '1')).toEqual({
      metric: 'cpu',
      labels: { worker: 'a', queue: 'b c' },
      source: 'redis',
      values: [1],
    })
    expect(series('up', '1').source).toBeUndefined()
  })

  it('expands values as Prometheus does', () => {
    expect(series('m', '0+10x3 5-1x1 2x2 _ _x2 stale -1.5 0.1+0.1x2').values).toEqual([
      0,
      10,
      20,
      30,
      5,
      4,
      2,
      2,
      2,
      undefined,
      undefined,
      undefined,
      null,
      -1.5,
      0.1,
      0.2,
      0.3,
    ])
  })

  it('gives samples at their times', () => {
    expect(samplesOf(series('m', '1 _ stale'), 100, 10)).toEqual([
      { at: 100, value: 1 },
      { at: 120, value: null },
    ])
  })

  it.each([
    ['a b', '1'],
    ['m', 'x'],
    ['m', '1+x3'],
  ])('refuses %j %j', (name, values) => {
    expect(() => series(name, values)).toThrow(/is n/)
  })
})
