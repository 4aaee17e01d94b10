import { roundValue } from '@headroom/shared/metrics.ts'
import { type Labels, labelsKey } from '@headroom/shared/model/labels.ts'
import type { Point, Reading } from '@headroom/shared/model/reading.ts'
import type { RateKeeper } from './rates.ts'

/** Decides which points of a source may stay, by its `maxSeries`; `atMs` is monotonic. */
export type Admit = (points: readonly Point[], atMs: number) => { points: readonly Point[]; leftOut: number }

/**
 * For a source that says everything in one reading: its first so many series. Which are left out depends only on their
 * order. One that gives several points of a series, each of its own time, may give more points than that.
 */
export function firstOnes(maxSeries: number): Admit {
  return (points) => (points.length <= maxSeries ? { points, leftOut: 0 } : firstSeries(points, maxSeries))
}

function firstSeries(points: readonly Point[], maxSeries: number): ReturnType<Admit> {
  const inside = new Set<string>()
  const outside = new Set<string>()
  const kept = points.filter(({ metric, labels }) => {
    const series = `${metric}${labelsKey(labels)}`
    if (inside.size < maxSeries) inside.add(series)
    else if (!inside.has(series)) outside.add(series)
    return inside.has(series)
  })
  return { points: kept, leftOut: outside.size }
}

/**
 * The points of a reading as they are kept: `up` and `probe.seconds` first, counters as rates, the source's labels on
 * all, rounded, and no more of the source's own than it is admitted.
 */
export function assemble(
  reading: Reading,
  labels: Labels,
  admit: Admit,
  rates: RateKeeper,
  atMs: number,
): { points: Point[]; leftOut: number } {
  const ours: Point[] = []
  if (reading.up !== null) ours.push({ metric: 'up', unit: 'bool', labels: {}, value: reading.up, kind: 'gauge' })
  if (reading.tookSeconds !== undefined)
    ours.push({ metric: 'probe.seconds', unit: 'seconds', labels: {}, value: reading.tookSeconds, kind: 'gauge' })
  const taken = new Set(ours.map(({ metric }) => metric))
  const usable = reading.points.filter(({ metric, value }) => Number.isFinite(value) && !taken.has(metric))
  const admitted = admit(usable, atMs)
  const own = rates.apply(admitted.points, atMs)
  const bare = Object.keys(labels).length === 0
  const points = [...ours, ...own].map((point) => {
    const value = roundValue(point.metric, point.value)
    if (bare) return value === point.value ? point : { ...point, value }
    return { ...point, labels: { ...labels, ...point.labels }, value }
  })
  return { points, leftOut: reading.leftOut + admitted.leftOut }
}
