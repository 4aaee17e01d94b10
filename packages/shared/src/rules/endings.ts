import { staleAfterMs } from '../staleness.ts'
import type { Entry } from './entries.ts'
import type { Moment } from './leaf.ts'
import { isLead, leadSeries } from './select.ts'
import type { RuleSeries, RuleWorld } from './types.ts'

/** A judgement whose alert is pending or firing; `key` is its series, 0 for all together. */
export type Open = { entry: Entry; key: number }

/** Something the source itself said; the scraper says `up` 0 and how long it waited. */
export function isAnswer(series: RuleSeries, value: number | null): boolean {
  if (value === null || series.metric === 'probe.seconds') return false
  return series.metric !== 'up' || value > 0
}

/** Whether a source that answers has given nothing of this for as long as would make the source itself stale. */
export function isGone(
  { entry: { rule, memory }, key }: Open,
  answering: ReadonlySet<string>,
  { at, world, latest }: Moment,
): boolean {
  if (rule.kind === 'absent') return false
  const series = seriesOf({ entry: { rule }, key }, world)
  if (series === undefined || !answering.has(`${series.system}/${series.source}`)) return false
  const seenAt = key === 0 ? memory.tracks.get(0)?.at : latest(key)?.at
  return seenAt !== undefined && at - seenAt > staleAfterMs(series.everyMs, series.lagMs)
}

/** Whether the series is no longer configured, or no longer what the flag means. */
export function isUnwatched(open: Open, world: RuleWorld): boolean {
  const series = seriesOf(open, world)
  return series === undefined || !isLead(open.entry.rule, series)
}

function seriesOf(
  { entry: { rule }, key }: { entry: Pick<Entry, 'rule'>; key: number },
  world: RuleWorld,
): RuleSeries | undefined {
  return key === 0 ? leadSeries(rule, world)[0] : world.series(key)
}
