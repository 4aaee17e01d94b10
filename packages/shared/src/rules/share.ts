import { clearLevel } from './compare.ts'
import type { Kind } from './kind.ts'
import { followMean } from './mean.ts'
import type { Rule } from './rule.ts'
import { followsMean } from './threshold.ts'

/**
 * Compares 100 * value / `of`, but told in the metric's own unit: 80 % of 100 sessions is a line of 80 sessions.
 * Without a known limit, or with one of nothing, nothing is said.
 */
export const share: Kind = {
  follows: followsMean,
  follow: followMean,
  level: (rule, value, of, unit) => (of === null || of <= 0 ? null : { value, ...shareLines(rule.flag, of, unit) }),
}

/** The line and the clear level of a share of `of`, in the unit of `of`. */
export function shareLines(
  flag: Pick<Rule['flag'], 'compare' | 'line' | 'clear'>,
  of: number,
  unit: string,
): { line: number; clear: number } {
  const line = (of * flag.line) / 100
  return { line, clear: flag.clear === undefined ? clearLevel(flag.compare, line, unit) : (of * flag.clear) / 100 }
}
