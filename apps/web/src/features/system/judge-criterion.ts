import type { Criterion } from '@headroom/shared/model/system.ts'
import { meets } from '@headroom/shared/rules/compare.ts'
import type { Compare } from '@headroom/shared/model/flag.ts'

const COMPARES: readonly Compare[] = ['above', 'below', 'atLeast', 'atMost']

/** Whether a line of the success checklist is so; one without a metric is for people to judge. */
export function judge(criterion: Criterion, value: number | null): 'met' | 'not met' | 'not known' | 'by hand' {
  if (criterion.metric === undefined) return 'by hand'
  if (value === null) return 'not known'
  const met = COMPARES.every((compare) => {
    const line = criterion[compare]
    return line === undefined || meets(compare, value, line)
  })
  return met ? 'met' : 'not met'
}
