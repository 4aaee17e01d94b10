import { labelsKey } from '@headroom/shared/model/labels.ts'
import type { Admit } from './assemble.ts'

/** So many times `maxSeries` are told apart among those left out; beyond that their number is a lower bound. */
const COUNTED = 10

/**
 * Keeps a source that speaks in many small readings to its `maxSeries`: who came first stays, whatever reading it comes
 * in. A series not heard of for `forgetAfterMs` makes room for another.
 */
export function seriesGate(maxSeries: number, forgetAfterMs: number): Admit {
  const inside = new Map<string, number>()
  const outside = new Map<string, number>()
  let sweptAt = -Infinity

  function sweep(atMs: number): void {
    if (atMs - sweptAt < forgetAfterMs / 10) return
    sweptAt = atMs
    for (const known of [inside, outside])
      for (const [key, heardAt] of known) if (atMs - heardAt > forgetAfterMs) known.delete(key)
  }

  return (points, atMs) => {
    sweep(atMs)
    const admitted = points.filter((point) => {
      const key = `${point.metric}${labelsKey(point.labels)}`
      if (inside.has(key) || inside.size < maxSeries) {
        inside.set(key, atMs)
        outside.delete(key)
        return true
      }
      if (outside.has(key) || outside.size < COUNTED * maxSeries) outside.set(key, atMs)
      return false
    })
    return { points: admitted, leftOut: outside.size }
  }
}
