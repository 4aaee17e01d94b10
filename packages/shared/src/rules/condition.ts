import type { Alert } from '../model/alert.ts'
import type { Flag } from '../model/flag.ts'

const SEVERITY = { info: 0, warning: 1, critical: 2 } as const
const known = new WeakMap<Flag, string>()

/** What a flag judges, whatever its line: flags of a system with equal keys are degrees of one condition. */
export function conditionKey(flag: Flag): string {
  const before = known.get(flag)
  if (before !== undefined) return before
  const { metric, labels, over, kind, of, windowMs, when, previous } = flag
  // Two restarts in an hour are a restart, too.
  const window = kind === 'change' ? null : windowMs
  const key = JSON.stringify([metric, sorted(labels), over, kind, rises(flag), of, window, when, previous])
  known.set(flag, key)
  return key
}

/** An open alert and the flag it is of. */
export type OfFlag = { alert: Alert; flag: Flag }

/**
 * Whether one alert says all that another says, and worse: a further degree of one condition on the same series; or, for
 * a source that is silent, that it is down.
 */
export function covers(worse: OfFlag, other: OfFlag): boolean {
  if (worse.alert.state !== 'firing' || worse.alert.id === other.alert.id) return false
  if (worse.alert.system !== other.alert.system || worse.alert.series !== other.alert.series) return false
  if (conditionKey(worse.flag) === conditionKey(other.flag)) return compareDegree(worse, other) > 0
  return isSilence(other.flag) && isDown(worse.flag) && compareDegree(worse, other) > 0
}

/** Which is the further degree: the severer, the one whose line is further out, that held longer, that began first. */
export function compareDegree(a: OfFlag, b: OfFlag): number {
  const further = rises(a.flag) ? a.alert.line - b.alert.line : b.alert.line - a.alert.line
  return (
    SEVERITY[a.alert.severity] - SEVERITY[b.alert.severity] ||
    further ||
    holdOf(a.flag) - holdOf(b.flag) ||
    b.alert.since - a.alert.since ||
    (a.alert.id < b.alert.id ? 1 : -1)
  )
}

/** In ms; a count of samples is the shorter, whatever their interval. */
function holdOf({ hold }: Flag): number {
  return 'ms' in hold ? hold.ms : hold.times
}

/** `up` is the one metric that a source need not give: that it is silent is what `up` 0 says. */
function isSilence({ kind, metric }: Flag): boolean {
  return kind === 'absent' && nameOf(metric) === 'up'
}

function isDown(flag: Flag): boolean {
  return flag.kind === 'threshold' && nameOf(flag.metric) === 'up' && !rises(flag)
}

function nameOf(metric: string): string {
  return metric.split('@', 1)[0] ?? metric
}

function rises({ compare }: Flag): boolean {
  return compare === 'above' || compare === 'atLeast'
}

function sorted(labels: Flag['labels']): [string, string][] {
  return Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1))
}
