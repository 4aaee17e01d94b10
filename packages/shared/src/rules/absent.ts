import { staleAfterMs } from '../staleness.ts'
import { SECOND } from '../time.ts'
import type { Kind, Level } from './kind.ts'
import type { Part, PartOf } from './memory.ts'
import type { Rule } from './rule.ts'
import { leadSeries } from './select.ts'
import type { RuleSeries, RuleWorld } from './types.ts'

/**
 * Fires when a source that gave the metric gives nothing for three intervals and its lag, judged as time passes. One
 * judgement per source (per flag where `over` is not `each`), under the lowest of its series' numbers.
 */
export const absent: Kind = {
  follows: () => 'series',
  follow: (part, { at, value, series }) => followAbsent(part, at, isData(series, value)),
  level: () => null,
}

function followAbsent(part: Part | undefined, at: number, data: boolean): PartOf<'absent'> {
  const from = part?.kind === 'absent' ? part.from : null
  return { kind: 'absent', value: null, from: data ? Math.max(at, from ?? at) : from }
}

/** `up` 0 is said by the scraper, not by the source: it is no data. */
function isData(series: RuleSeries, value: number): boolean {
  return series.metric !== 'up' || value > 0
}

/** Under which number a series' silence is judged. */
export function silenceKey(rule: Rule, series: RuleSeries, world: RuleWorld): number {
  if (rule.flag.over !== 'each') return 0
  return Math.min(
    series.id,
    ...leadSeries(rule, world)
      .filter((other) => other.source === series.source)
      .map((other) => other.id),
  )
}

export type Silence = { level: Level; since: number }

/** How long it has been silent, in seconds, against its line; null where no data was ever seen. */
export function silenceOf(part: PartOf<'absent'>, limitMs: number, now: number): Silence | null {
  const { from } = part
  if (from === null) return null
  const line = limitMs / SECOND
  return { level: { value: (now - from) / SECOND, line, clear: line }, since: from + limitMs }
}

/** What three intervals and the lag come to for the series a silence is judged under; undefined once none is left. */
export function silenceLimitMs(rule: Rule, key: number, world: RuleWorld): number | undefined {
  if (key !== 0) {
    const series = world.series(key)
    return series === undefined || series.everyMs <= 0 ? undefined : staleAfterMs(series.everyMs, series.lagMs)
  }
  const limits = leadSeries(rule, world).map((series) => staleAfterMs(series.everyMs, series.lagMs))
  return limits.length === 0 ? undefined : Math.max(...limits)
}
