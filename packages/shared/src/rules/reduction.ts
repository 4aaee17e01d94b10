import type { Flag } from '../model/flag.ts'

/** How several values become one. */
export type Reduction = Exclude<Flag['over'], 'each'>

/** One value of several; null of none. `spread` is how far they lie apart. */
export function reduce(how: Reduction, values: readonly number[]): number | null {
  if (values.length === 0) return null
  switch (how) {
    case 'sum':
      return values.reduce((total, value) => total + value, 0)
    case 'max':
      return Math.max(...values)
    case 'min':
      return Math.min(...values)
    case 'spread':
      return Math.max(...values) - Math.min(...values)
  }
}

/** Amounts add up; of percents, times and loads the greatest counts, since their sum says nothing. */
export function reductionOf(unit: string): 'sum' | 'max' {
  switch (unit) {
    case 'count':
    case 'bytes':
    case 'bytes_per_second':
    case 'per_minute':
      return 'sum'
    default:
      return 'max'
  }
}
