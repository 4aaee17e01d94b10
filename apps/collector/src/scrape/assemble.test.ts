import type { Point } from '@headroom/shared/model/reading.ts'
import { describe, expect, it } from 'vitest'
import { firstOnes } from './assemble.ts'

const point = (metric: string, at: number, instance?: string): Point => ({
  metric,
  unit: 'count',
  labels: instance === undefined ? {} : { instance },
  value: 1,
  at,
  kind: 'gauge',
})
const shown = (points: readonly Point[]): string[] =>
  points.map(({ metric, labels, at }) => `${metric}${labels['instance'] ?? ''}@${at}`)

describe('the first series of a source', () => {
  it('may have several points each: it is series that are counted', () => {
    const points = [point('a', 1), point('a', 2), point('b', 1), point('a', 3), point('b', 2)]
    expect(firstOnes(2)(points, 0)).toEqual({ points, leftOut: 0 })
  })

  it('stay, with all their points; the others are counted once each', () => {
    const points = [
      point('a', 1),
      point('b', 1, 'x'),
      point('c', 1),
      point('b', 1, 'y'),
      point('b', 2, 'x'),
      point('c', 2),
    ]
    const { points: kept, leftOut } = firstOnes(2)(points, 0)
    expect([shown(kept), leftOut]).toEqual([['a@1', 'bx@1', 'bx@2'], 2])
  })
})
