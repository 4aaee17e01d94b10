import type { ChartInput, ChartPoint } from './chart-model.ts'

export type ValueAt = {
  key: string
  label: string
  color: string
  point: Exclude<ChartPoint, { last: null }> | null
}

/** The value of each series at a moment: of the point nearest to it, if there is no gap between. */
export function valuesAt(input: ChartInput, t: number): ValueAt[] {
  return input.series.map((series) => {
    const before = series.points.findLast((point) => point.t <= t)
    const after = series.points.find((point) => point.t >= t)
    const near = before !== undefined && (after === undefined || t - before.t <= after.t - t) ? before : after
    const known = near !== undefined && near.last !== null && Math.abs(near.t - t) <= series.gapMs
    return { key: series.key, label: series.label, color: series.color, point: known ? near : null }
  })
}

/** The crossing at a moment, or the one nearest to it. */
export function nearestCrossing(input: ChartInput, t: number): { words: string; from: number } | undefined {
  const away = (from: number, to: number | null): number =>
    t < from ? from - t : t > (to ?? Infinity) ? t - (to ?? t) : 0
  return input.crossings.toSorted((a, b) => away(a.from, a.to) - away(b.from, b.to))[0]
}
