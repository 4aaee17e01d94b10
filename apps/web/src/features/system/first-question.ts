import type { MetricGroup } from './metric-groups.ts'
import { MOST_LINES } from './series-choice.ts'

/** What one answer may hold; of more series, the rest is chosen by its newest values alone. */
const MOST_ASKED = 500

/**
 * What a chart asks first: the history of its series; of many only how bad each was, to choose by. `many` are more than
 * one picture holds.
 */
export function firstQuestion({ series }: MetricGroup): { series: number[]; many: boolean } {
  return { series: series.slice(0, MOST_ASKED).map(({ id }) => id), many: series.length > MOST_LINES }
}
