import { numberText } from '../ui/format-number.ts'
import { offsetText, spanText } from '../ui/format-span.ts'
import { clockText, momentText as clockOrDay } from '../ui/format-time.ts'
import type { Zone } from '../ui/format-time.ts'
import type { ChartInput } from './chart-model.ts'
import { valuesAt } from './hover-values.ts'
import type { Span } from './zoom-span.ts'

const JUMP = 10

/** The moment a key leads to: from point to point, in jumps, to the ends; undefined is no such key. */
export function momentAfter(key: string, at: number | null, input: ChartInput): number | undefined {
  const moments = [...new Set(input.series.flatMap((series) => series.points.map((point) => point.t)))].toSorted(
    (a, b) => a - b,
  )
  const here = at === null ? moments.length : moments.findLastIndex((t) => t <= at)
  const to = (index: number): number | undefined => moments[Math.min(moments.length - 1, Math.max(0, index))]
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return to(here - 1)
    case 'ArrowRight':
    case 'ArrowUp':
      return to(here + 1)
    case 'PageDown':
      return to(here - JUMP)
    case 'PageUp':
      return to(here + JUMP)
    case 'Home':
      return to(0)
    case 'End':
      return to(moments.length - 1)
    default:
      return undefined
  }
}

/** A moment of a chart as it is read aloud: its time, then every value. */
export function momentText(input: ChartInput, t: number, zone: Zone): string {
  const values = valuesAt(input, t).map(({ label, point }) => {
    const value = point === null ? 'no value' : numberText(point.last, input.unit)
    return input.series.length > 1 ? `${label} ${value}` : value
  })
  const since = input.origin === undefined ? '' : ` (${offsetText(t - input.origin, true)})`
  return `${clockOrDay(t, input.to, zone, true)}${since}: ${values.join(', ')}`
}

/** A chosen span: `10:02:10 to 10:05:40, 3 min 30 s`. */
export function selectionText({ from, to }: Span, zone: Zone): string {
  return `${clockOrDay(from, to, zone, true)} to ${clockText(to, zone, true)}, ${spanText(to - from)}`
}
