import { shortText } from '../ui/format-number.ts'
import { axisText } from './axis-text.ts'
import { MOST_LABELS } from './most-labels.ts'
import type { ChartInput } from './chart-model.ts'
import type { Frame, YScale } from './scale.ts'

const FIGURE_PX = 6.4
const GAP_PX = 16
/** Widths in steps, so that charts below each other begin and end at the same place, and none jumps when a figure grows. */
const LEFT_STEP = 16
const LABEL_STEP = 2
/** Where there is room for it, nearly all charts stand above each other: so wide on the left, so many figures on the right. */
const ROOMY_PX = 400
const LEAST = { roomy: { left: 62, figures: 8 }, tight: { left: 50, figures: 3 } } as const

/** Room around the plot: words at the line's end need as much as they are long. */
export function frameOf(input: ChartInput, scale: YScale, width: number, height: number): Frame {
  const named = input.series.length > MOST_LABELS ? [] : input.series
  const least = width >= ROOMY_PX ? LEAST.roomy : LEAST.tight
  const longest = named.reduce<number>((most, series) => {
    const last = series.points.at(-1)
    const value = last === undefined || last.last === null ? '' : shortText(last.last, input.unit)
    return Math.max(most, (input.series.length > 1 ? `${series.label} ` : '').length + value.length)
  }, least.figures)
  const figures = Math.max(...scale.ticks.map((tick) => axisText(tick, input.unit).length), 1) * FIGURE_PX + GAP_PX
  return {
    width,
    height,
    left: Math.min(width * 0.35, least.left + Math.ceil(Math.max(0, figures - least.left) / LEFT_STEP) * LEFT_STEP),
    right: Math.min(width * 0.3, (named.length > 1 ? 30 : 16) + Math.ceil(longest / LABEL_STEP) * LABEL_STEP * 7),
    top: 8,
    bottom: 22,
  }
}
