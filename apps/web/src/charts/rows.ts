import type { ChartPoint, ChartSeries } from './chart-model.ts'

/** One row a moment, as the chart library wants it: `v0` is the first series' line, `b0` its band. Null breaks the line. */
export type Row = { t: number } & { [key: `v${number}`]: number | null; [key: `b${number}`]: [number, number] | null }

/** Series with moments of their own on one set of rows: between two of its points a series runs on, over a gap it does not. */
export function buildRows(series: readonly ChartSeries[]): Row[] {
  const breaks = series.map((each) => withGaps(each.points, each.gapMs))
  const times = [...new Set(breaks.flatMap((points) => points.map((point) => point.t)))].toSorted((a, b) => a - b)
  const rows: Row[] = times.map((t) => ({ t }))
  for (const [index, points] of breaks.entries()) fill(rows, points, index)
  return rows
}

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

function fill(rows: Row[], points: readonly ChartPoint[], index: number): void {
  let next = 0
  for (const row of rows) {
    while (next < points.length && (points[next]?.t ?? 0) < row.t) next += 1
    const here = points[next]
    const before = points[next - 1]
    if (here?.t === row.t) set(row, index, here)
    else if (here !== undefined && before !== undefined) set(row, index, between(before, here, row.t))
    else set(row, index, { t: row.t, last: null })
  }
}

function set(row: Row, index: number, point: ChartPoint): void {
  row[`v${index}`] = point.last
  row[`b${index}`] = point.last === null ? null : [point.min, point.max]
}

function between(a: ChartPoint, b: ChartPoint, t: number): ChartPoint {
  if (a.last === null || b.last === null) return { t, last: null }
  const share = (t - a.t) / (b.t - a.t)
  const mix = (from: number, to: number): number => from + (to - from) * share
  return { t, last: mix(a.last, b.last), min: mix(a.min, b.min), max: mix(a.max, b.max) }
}

/** True where a series hides detail that its band must show. */
export function hasBand(series: ChartSeries): boolean {
  return (
    series.spread ||
    series.points.some((point) => point.last !== null && point.max - point.min > Math.abs(point.max) * 0.005)
  )
}
