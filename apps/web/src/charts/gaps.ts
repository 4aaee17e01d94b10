import type { ChartPoint, ChartSeries } from './chart-model.ts'

/** Puts a null into every silence longer than `gapMs`. */
export function withGaps(points: readonly ChartPoint[], gapMs: number): ChartPoint[] {
  const whole: ChartPoint[] = []
  for (const point of points) {
    const before = whole.at(-1)
    if (before !== undefined && before.last !== null && point.last !== null && point.t - before.t > gapMs)
      whole.push({ t: before.t + 1, last: null })
    whole.push(point)
  }
  return whole
}

/** True where a series hides detail that its band must show. */
export function hasBand(series: ChartSeries): boolean {
  return (
    series.spread ||
    series.points.some((point) => point.last !== null && point.max - point.min > Math.abs(point.max) * 0.005)
  )
}
