import { isUpward } from '@headroom/shared/rules/compare.ts'
import type { ChartLine } from './chart-model.ts'

/** How far a value is from a line, as a share of the line; below zero it is past it. */
export function lineDistance(value: number, line: Pick<ChartLine, 'compare' | 'value'>): number {
  return (isUpward(line.compare) ? line.value - value : value - line.value) / (Math.abs(line.value) || 1)
}
