import { numberText } from '../ui/format-number.ts'
import { meets } from '@headroom/shared/rules/compare.ts'
import { lineDistance } from './line-distance.ts'
import { distanceText } from '../ui/line-words.ts'
import { isSeen, yScale } from './scale.ts'
import type { ChartInput, ChartLine, ChartSeries } from './chart-model.ts'

function values(series: ChartSeries): { t: number; last: number }[] {
  return series.points.flatMap((point) => (point.last === null ? [] : [{ t: point.t, last: point.last }]))
}

const FEWEST = 6

/** Rising, falling or steady lately: the newest eighth of the picture, its second half against its first. */
export function trend(series: ChartSeries): 'rising' | 'falling' | 'steady' | undefined {
  const all = values(series)
  if (all.length < FEWEST) return undefined
  const recent = all.slice(-Math.max(FEWEST, Math.ceil(all.length / 8)))
  const half = Math.floor(recent.length / 2)
  const mean = (part: { last: number }[]): number => part.reduce((sum, each) => sum + each.last, 0) / part.length
  const first = mean(recent.slice(0, half))
  const last = mean(recent.slice(-half))
  const size = Math.max(Math.abs(first), Math.abs(last))
  if (size === 0 || Math.abs(last - first) < size * 0.05) return 'steady'
  return last > first ? 'rising' : 'falling'
}

/** The line that was crossed last, else the one nearest to being crossed. */
export function nearestLine(value: number, lines: readonly ChartLine[]): ChartLine | undefined {
  const away = (line: ChartLine): number => lineDistance(value, line)
  const near = lines.toSorted((a, b) => Math.abs(away(a)) - Math.abs(away(b)))
  return (
    near.find((line) => meets(line.compare, value, line.value) && line.mark !== 'info') ??
    near.find((line) => away(line) >= 0) ??
    near[0]
  )
}

/**
 * The chart in a sentence: `Memory 71 %, rising, 9 % to the line (memory > 80 %, documented)`; with the limit where it is
 * too far above to be drawn.
 */
export function summaryText(input: ChartInput, value: number | null, count = input.series.length): string {
  // The one whose value speaks: of several it is the worst.
  const speaks = input.series.find((series) => series.points.at(-1)?.last === value) ?? input.series[0]
  if (speaks === undefined || value === null) return `${input.title}: no value now`
  const parts = [`${input.title} ${numberText(value, input.unit)}`]
  if (count > 1) parts.push(`worst of ${count}`)
  if (input.unit === 'bool') return parts.join(', ')
  const way = trend(speaks)
  if (way !== undefined) parts.push(way)
  const line = nearestLine(value, input.lines)
  if (line !== undefined) parts.push(`${distanceText(value, line.compare, line.value, input.unit)} (${line.words})`)
  if (input.limit !== undefined && !isSeen(input.limit.value, yScale(input))) parts.push(input.limit.words)
  return parts.join(', ')
}
