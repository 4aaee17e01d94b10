import type { Kind } from './kind.ts'
import { followMean } from './mean.ts'
import { followsMean, plainLevel } from './threshold.ts'

/** Compares `of` minus the value: how many replicas are wanted but not ready. */
export const missing: Kind = {
  follows: followsMean,
  follow: followMean,
  level: (rule, value, of, unit) => (of === null ? null : plainLevel(rule, of - value, unit)),
}
