import type { ChartSeries } from './chart-model.ts'
import { withGaps } from './gaps.ts'
import { xAt, yAt } from './scale.ts'
import type { Frame, YScale } from './scale.ts'

/** A place in the picture; where `y` is null the line is broken. */
export type Pixel = { x: number; y: number | null }
export type SeriesPixels = { line: Pixel[]; top: Pixel[]; base: Pixel[] }

/** A series where it is drawn: its line, and the upper and lower edge of the band that it hides. */
export function seriesPixels(
  series: ChartSeries,
  span: { from: number; to: number },
  scale: YScale,
  frame: Frame,
): SeriesPixels {
  const pixels: SeriesPixels = { line: [], top: [], base: [] }
  for (const point of withGaps(series.points, series.gapMs)) {
    const x = fine(xAt(point.t, span, frame))
    const y = (value: number): number => fine(yAt(value, scale, frame))
    pixels.line.push({ x, y: point.last === null ? null : y(point.last) })
    pixels.top.push({ x, y: point.last === null ? null : y(point.max) })
    pixels.base.push({ x, y: point.last === null ? null : y(point.min) })
  }
  return pixels
}

/** A tenth of a pixel is finer than anybody sees, and a third of the text. */
function fine(value: number): number {
  return Math.round(value * 10) / 10
}
