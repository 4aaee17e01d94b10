import { clearLevel } from './compare.ts'
import type { Kind } from './kind.ts'
import { followMean } from './mean.ts'
import type { Rule } from './rule.ts'

/** Compares the value; with a `window`, its mean over it. */
export const threshold: Kind = {
  follows: followsMean,
  follow: followMean,
  level: (rule, value, _of, unit) => plainLevel(rule, value, unit),
}

/** A line that stands as the flag says it. */
export function plainLevel(
  { flag }: Rule,
  value: number,
  unit: string,
): { value: number; line: number; clear: number } {
  return { value, line: flag.line, clear: flag.clear ?? clearLevel(flag.compare, flag.line, unit) }
}

export function followsMean({ flag }: Rule): 'series' | 'nothing' {
  return flag.windowMs === undefined ? 'nothing' : 'series'
}
