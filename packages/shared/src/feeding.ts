import type { SourceKindView } from './model/source-kind.ts'
import { parseExpression, refsOf, type Ref } from './rules/expression.ts'

/** What a kind gives by itself, or only where what it answers holds it. */
export type Giving = 'itself' | 'held'

type Kind = Pick<SourceKindView, 'gives' | 'givesWhatItHolds'>

/** Of an answer's numbers no log line can be made. */
const NOT_IN_AN_ANSWER = /^log\./

/** Whether a kind of source can give a metric. */
export function givingOf(kind: Kind, metric: string): Giving | undefined {
  if (kind.gives.includes(metric)) return 'itself'
  return kind.givesWhatItHolds && !NOT_IN_AN_ANSWER.test(metric) ? 'held' : undefined
}

/** The metrics that a flag looks at; those of one source only with its id. Of the clock and of limits there are none. */
export function metricsOf(metric: string): Ref[] {
  const parsed = parseExpression(metric)
  return parsed.ok ? refsOf(parsed.expression) : [{ metric }]
}

/** Whether a source of this kind and id gives a flag what it lacks, `has` being what there is already. */
export function feeds(
  kind: Kind,
  id: string,
  flagMetric: string,
  has: (metric: string) => boolean = () => false,
): Giving | undefined {
  const missing = metricsOf(flagMetric).filter(({ metric, source }) => source !== undefined || !has(metric))
  if (missing.length === 0) return undefined
  const given = missing.map(({ metric, source }) =>
    source === undefined || source === id ? givingOf(kind, metric) : undefined,
  )
  if (given.includes(undefined)) return undefined
  return given.includes('held') ? 'held' : 'itself'
}
