import { shortText } from '../ui/format-number.ts'
import { MOST_LABELS } from './most-labels.ts'
import type { ChartInput } from './chart-model.ts'
import type { Frame } from './scale.ts'

/** Room around the plot: words at the line's end need as much as they are long. */
export function frameOf(input: ChartInput, width: number, height: number): Frame {
  const named = input.series.length > MOST_LABELS ? [] : input.series
  const longest = named.reduce((most, series) => {
    const last = series.points.at(-1)
    const value = last === undefined || last.last === null ? '' : shortText(last.last, input.unit)
    return Math.max(most, (input.series.length > 1 ? `${series.label} ` : '').length + value.length)
  }, 3)
  return {
    width,
    height,
    left: input.unit.startsWith('bytes') || input.unit === 'seconds' ? 60 : 46,
    right: Math.min(width * 0.3, (input.series.length > 1 ? 30 : 16) + longest * 7),
    top: 8,
    bottom: 22,
  }
}
