import type { ChartInput, ChartLine } from './chart-model.ts'
import { lineDistance } from './line-distance.ts'

/** More lines than this hide the picture; the table names them all. */
const MOST = 8

/** The lines that are drawn: all, or of a great many those that the newest values are nearest to. */
export function drawnLines({ lines, series }: Pick<ChartInput, 'lines' | 'series'>): readonly ChartLine[] {
  if (lines.length <= MOST) return lines
  const newest = series.flatMap(({ points }) => points.at(-1)?.last ?? [])
  const away = (line: ChartLine): number =>
    newest.reduce((least, value) => Math.min(least, Math.abs(lineDistance(value, line))), Number.POSITIVE_INFINITY)
  const near = new Set(lines.toSorted((a, b) => away(a) - away(b)).slice(0, MOST))
  return lines.filter((line) => near.has(line))
}

/** Whether a crossing of this line can be shown: its line is drawn, or is none of the lines (as when it was changed since). */
export function isDrawn(line: number, input: Pick<ChartInput, 'lines' | 'series'>): boolean {
  const drawn = drawnLines(input)
  return drawn.length === input.lines.length || drawn.some(({ value }) => value === line)
}
