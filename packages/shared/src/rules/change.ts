import { HOUR, MINUTE, SECOND } from '../time.ts'
import type { Followed, Kind } from './kind.ts'
import type { Part, PartOf } from './memory.ts'

/** A change clears this long after the newest fall. */
export const CHANGE_CLEARS_MS = 5 * MINUTE
/** A process seen for the first time is no older than the time since the last look; clocks and rounding (0.01 h) are allowed this much. */
const SLACK_MS = MINUTE
/** A fall to an uptime older than that may be a new instance taking over, or one of two answering in turn: this many values tell. */
const DOUBTFUL = 4
/** After values were seen to alternate, falls are not restarts for this long. */
const ALTERNATES_MS = HOUR
const MAX_DROPS = 50

/**
 * Counts how often a value that should only rise went down within `window`. It is so until five minutes after the
 * newest fall (`clear`, in seconds). Processes answering in turn are no restart: a series marked as a spread, a value
 * that comes back at once, or an uptime that leaps up by more than the time that passed.
 */
export const change: Kind = {
  follows: () => 'series',
  follow: followChange,
  level: ({ flag: { line } }, value) => ({ value, line, clear: line }),
}

function followChange(part: Part | undefined, followed: Followed): PartOf<'change'> {
  const { at, value, series, rule } = followed
  const before = part?.kind === 'change' ? part : undefined
  const clearMs = rule.flag.clear === undefined ? CHANGE_CLEARS_MS : rule.flag.clear * SECOND
  const windowMs = rule.flag.windowMs ?? clearMs
  const next: PartOf<'change'> = {
    kind: 'change',
    value: 0,
    at,
    last: value,
    before: null,
    doubt: 0,
    drops: (before?.drops ?? []).filter((when) => when > at - Math.max(windowMs, clearMs)),
    alternatedAt: before?.alternatedAt ?? null,
  }
  if (series.spread) return { ...next, drops: [] }
  if (before !== undefined && value >= before.last) judgeRise(next, before, followed)
  else if (before !== undefined) judgeFall(next, before, followed)
  const newest = next.drops.at(-1)
  if (newest !== undefined && at - newest < clearMs)
    next.value = next.drops.filter((when) => when > at - windowMs).length
  return next
}

function judgeRise(next: PartOf<'change'>, before: PartOf<'change'>, { at, value, series }: Followed): void {
  const cameBack = before.before !== null && value >= before.before
  const leapt = series.unit === 'seconds' && (value - before.last) * SECOND > at - before.at + SLACK_MS
  if (cameBack || leapt) {
    next.alternatedAt = at
    // The fall just before was the other process's turn.
    if (cameBack && next.drops.at(-1) === before.at) next.drops.pop()
    return
  }
  next.doubt = Math.max(0, before.doubt - 1)
  if (before.doubt === 1) next.drops = [...next.drops, at].slice(-MAX_DROPS)
}

function judgeFall(next: PartOf<'change'>, before: PartOf<'change'>, followed: Followed): void {
  const { at, value, series } = followed
  const isTime = series.unit === 'seconds'
  // Uptimes told by subtracting clocks tremble.
  if (isTime && before.last - value < 1) return
  next.before = before.last
  const alternates = next.alternatedAt !== null && at - next.alternatedAt < ALTERNATES_MS
  if (alternates || !counts(before.last, followed)) return
  if (isTime && value * SECOND > at - before.at + SLACK_MS) next.doubt = DOUBTFUL
  else next.drops = [...next.drops, at].slice(-MAX_DROPS)
}

/** Whether the flag's own conditions let this fall count: the value before it, and no deploy just before. */
function counts(previous: number, { at, rule: { flag }, world }: Followed): boolean {
  if (flag.previous !== undefined && (previous < flag.previous.atLeast || previous > flag.previous.atMost)) return false
  const quietMs = flag.notAfterDeployMs
  if (quietMs === undefined) return true
  return !world.deploys(flag.system).some((deploy) => deploy <= at && at - deploy <= quietMs)
}
