import { staleAfterMs } from '../staleness.ts'
import { MINUTE } from '../time.ts'
import { isUpward } from './compare.ts'
import type { Followed, Kind } from './kind.ts'
import type { Part, PartOf } from './memory.ts'
import { plainLevel } from './threshold.ts'

/** At most this many moments are told apart in a window; closer ones are counted as one. */
const MOMENTS = 60

/**
 * Compares how many happened in `window` (a minute): rates are integrated from sample to sample, totals differenced,
 * a fall of a total being its beginning again. It clears when the window has emptied below the line.
 */
export const count: Kind = {
  follows: () => 'series',
  follow: followCount,
  level: (rule, value) => plainLevel(rule, value, 'count'),
}

function followCount(part: Part | undefined, followed: Followed): PartOf<'count'> {
  const { at, value, rule } = followed
  const before = part?.kind === 'count' ? part : undefined
  const windowMs = rule.flag.windowMs ?? MINUTE
  const happened = eventsSince(before, followed)
  const kept = (before?.events ?? []).filter(([when]) => when > at - windowMs)
  const events = happened > 0 ? append(kept, at, happened, windowMs / MOMENTS) : kept
  const from = before?.from ?? at
  // "Fewer than" cannot be said of a window that was not watched from its beginning.
  const known = isUpward(rule.flag.compare) || at - from >= windowMs
  const total = events.reduce((sum, [, amount]) => sum + amount, 0)
  return { kind: 'count', value: known ? rounded(total) : null, at, last: value, from, events }
}

function eventsSince(before: PartOf<'count'> | undefined, { at, value, series }: Followed): number {
  // Values that come from several processes in turn say nothing about what happened between them.
  if (series.spread) return 0
  if (series.unit === 'per_minute') {
    const ms =
      before === undefined ? series.everyMs : Math.min(at - before.at, staleAfterMs(series.everyMs, series.lagMs))
    return (value * ms) / MINUTE
  }
  if (before === undefined) return 0
  return value < before.last ? value : value - before.last
}

function append(events: readonly [number, number][], at: number, amount: number, apartMs: number): [number, number][] {
  const newest = events.at(-1)
  if (newest === undefined || at - newest[0] >= apartMs) return [...events, [at, amount]]
  return [...events.slice(0, -1), [at, newest[1] + amount]]
}

/** Rates keep three decimals, so one event may come back as 0.9999: two decimals are what a count can be trusted to. */
function rounded(total: number): number {
  return Math.round(total * 100) / 100
}
