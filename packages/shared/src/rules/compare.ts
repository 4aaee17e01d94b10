import type { Compare } from '../model/flag.ts'

/** Whether a value is over the line. */
export function meets(compare: Compare, value: number, line: number): boolean {
  switch (compare) {
    case 'above':
      return value > line
    case 'below':
      return value < line
    case 'atLeast':
      return value >= line
    case 'atMost':
      return value <= line
  }
}

/** Whether more is worse: for `above` and `atLeast`. */
export function isUpward(compare: Compare): boolean {
  return compare === 'above' || compare === 'atLeast'
}

/** How far inside the line a continuous value must come back before it clears. */
const INSIDE = 0.05

/**
 * The level at which a value is clear again, in the line's unit: counts at the line itself (the first value that no
 * longer meets it), continuous values 5 % inside it. A percent that may not go below 99 would need 104 %: there it
 * clears half way to 100.
 */
export function clearLevel(compare: Compare, line: number, unit: string): number {
  if (unit === 'count' || unit === 'bool') return line
  const margin = Math.abs(line) * INSIDE
  if (isUpward(compare)) return line - margin
  return unit === 'percent' && line <= 100 && line + margin > 100 ? (line + 100) / 2 : line + margin
}

/** Whether a value is clear: off the line, and as far inside it as its clear level. */
export function isClear(compare: Compare, value: number, line: number, clear: number): boolean {
  if (meets(compare, value, line)) return false
  return isUpward(compare) ? value <= clear : value >= clear
}
