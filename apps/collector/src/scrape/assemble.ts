import { roundValue } from '@headroom/shared/metrics.ts'
import type { Labels } from '@headroom/shared/model/labels.ts'
import type { Point, Reading } from '@headroom/shared/model/reading.ts'
import type { RateKeeper } from './rates.ts'

/**
 * The points of a reading as they are kept: `up` and `probe.seconds` first, counters as rates, the source's labels on
 * all, rounded, and no more than `maxSeries` of the source's own. Which are left out depends only on their order.
 */
export function assemble(
  reading: Reading,
  limits: { labels: Labels; maxSeries: number },
  rates: RateKeeper,
  atMs: number,
): { points: Point[]; leftOut: number } {
  const ours: Point[] = []
  if (reading.up !== null) ours.push({ metric: 'up', unit: 'bool', labels: {}, value: reading.up, kind: 'gauge' })
  if (reading.tookSeconds !== undefined)
    ours.push({ metric: 'probe.seconds', unit: 'seconds', labels: {}, value: reading.tookSeconds, kind: 'gauge' })
  const taken = new Set(ours.map(({ metric }) => metric))
  const finite = reading.points.filter(({ metric, value }) => Number.isFinite(value) && !taken.has(metric))
  const own = rates.apply(finite.slice(0, limits.maxSeries), atMs)
  const points = [...ours, ...own].map((point) => ({
    ...point,
    labels: { ...limits.labels, ...point.labels },
    value: roundValue(point.metric, point.value),
  }))
  return { points, leftOut: reading.leftOut + Math.max(0, finite.length - limits.maxSeries) }
}
