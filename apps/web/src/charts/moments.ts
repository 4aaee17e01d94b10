import { numberText } from '../ui/format-number.ts'
import { clockText } from '../ui/format-time.ts'
import type { Zone } from '../ui/format-time.ts'
import type { ChartInput } from './chart-model.ts'
import { valuesAt } from './hover-values.ts'

const JUMP = 10

/** The moment a key leads to: from point to point, in jumps, to the ends; null lets go, undefined is no such key. */
export function momentAfter(key: string, at: number | null, input: ChartInput): number | null | undefined {
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
    case 'Escape':
      return null
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
  return `${clockText(t, zone, true)}: ${values.join(', ')}`
}
