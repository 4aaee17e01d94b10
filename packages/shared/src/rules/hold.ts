import type { Alert } from '../model/alert.ts'
import type { Compare, Hold } from '../model/flag.ts'
import { MINUTE } from '../time.ts'
import { isUpward } from './compare.ts'
import { INACTIVE, type Standing } from './memory.ts'

/** What a judgement says: over the line, off it but not yet clear, clear, or nothing can be said. */
export type Verdict = { kind: 'met' | 'between' | 'clear'; value: number; line: number } | { kind: 'unknown' }

export type Holding = {
  hold: Hold
  compare: Compare
  /** The time judged; never before the one judged last. */
  at: number
  /** Since when the condition is met, where that is known better than `at` (silence began before it was noticed). */
  since?: number
  /** Values further apart than this are not "in a row": whatever was being held starts again. */
  gapMs: number
  /** It grows worse by itself (silence): that is not told again. */
  grows?: boolean
  /** A new alert, pending. */
  open(since: number, value: number, line: number): Alert
}

export type Advance = { standing: Standing; changes: Alert[] }

/** A firing alert tells of a worse value at most this often, and only when it is worse by a tenth of the line. */
const SAY_EVERY_MS = MINUTE
const MARKEDLY = 0.1

/**
 * The one state machine of all kinds: inactive, pending while it holds, firing, and resolved when it was clear for
 * the hold. A pending one that does not hold is told as resolved without `firedAt`, since all kept of an alert is its
 * newest event.
 */
export function advance(standing: Standing, verdict: Verdict, holding: Holding): Advance {
  switch (standing.phase) {
    case 'inactive':
      return verdict.kind === 'met' ? begin(verdict, holding) : { standing, changes: [] }
    case 'pending':
      return advancePending(standing, verdict, holding)
    case 'firing':
      return advanceFiring(standing, verdict, holding)
  }
}

/** Ends whatever is open, because nothing more will be judged: the flag or the series is gone. */
export function close(standing: Standing, at: number): Advance {
  if (standing.phase === 'inactive') return { standing, changes: [] }
  return { standing: INACTIVE, changes: [resolved(standing.alert, standing.alert.value, at)] }
}

type Valued = Exclude<Verdict, { kind: 'unknown' }>

function begin(verdict: Valued, holding: Holding): Advance {
  const since = holding.since ?? holding.at
  const alert = holding.open(since, verdict.value, verdict.line)
  if (held(holding.hold, since, 1, holding.at)) return fire(alert, verdict, holding)
  return { standing: { phase: 'pending', alert, at: holding.at, from: since, times: 1 }, changes: [alert] }
}

function advancePending(standing: Standing & { phase: 'pending' }, verdict: Verdict, holding: Holding): Advance {
  const { at } = holding
  if (verdict.kind === 'unknown') return close(standing, at)
  if (verdict.kind !== 'met') return { standing: INACTIVE, changes: [resolved(standing.alert, verdict.value, at)] }
  if (at - standing.at > holding.gapMs) {
    const again = begin(verdict, holding)
    return { standing: again.standing, changes: [resolved(standing.alert, standing.alert.value, at), ...again.changes] }
  }
  const times = standing.times + 1
  if (held(holding.hold, standing.from, times, at)) return fire(standing.alert, verdict, holding)
  return { standing: { ...standing, at, times }, changes: [] }
}

function fire(alert: Alert, verdict: Valued, { at }: Holding): Advance {
  const firing: Alert = { ...alert, state: 'firing', firedAt: at, value: verdict.value, line: verdict.line }
  return { standing: { phase: 'firing', alert: firing, at, saidAt: at, clearing: null }, changes: [firing] }
}

function advanceFiring(standing: Standing & { phase: 'firing' }, verdict: Verdict, holding: Holding): Advance {
  const { at } = holding
  switch (verdict.kind) {
    case 'unknown':
      return { standing: standing.clearing === null ? standing : { ...standing, clearing: null }, changes: [] }
    case 'between':
      return { standing: { ...standing, at, clearing: null }, changes: [] }
    case 'met':
      return worse({ ...standing, at, clearing: null }, verdict, holding)
    case 'clear': {
      const unbroken = standing.clearing !== null && at - standing.at <= holding.gapMs ? standing.clearing : null
      const clearing = { from: unbroken?.from ?? at, times: (unbroken?.times ?? 0) + 1 }
      if (!held(holding.hold, clearing.from, clearing.times, at))
        return { standing: { ...standing, at, clearing }, changes: [] }
      return { standing: INACTIVE, changes: [resolved(standing.alert, verdict.value, at)] }
    }
  }
}

function worse(standing: Standing & { phase: 'firing' }, verdict: Valued, { at, compare, grows }: Holding): Advance {
  const { alert } = standing
  const by = isUpward(compare) ? verdict.value - alert.value : alert.value - verdict.value
  const marked = by > 0 && by >= MARKEDLY * Math.abs(verdict.line === 0 ? alert.value : verdict.line)
  if (grows === true || !marked || at - standing.saidAt < SAY_EVERY_MS) return { standing, changes: [] }
  const told: Alert = { ...alert, value: verdict.value, line: verdict.line }
  return { standing: { ...standing, alert: told, saidAt: at }, changes: [told] }
}

function held(hold: Hold, from: number, times: number, at: number): boolean {
  return 'ms' in hold ? at - from >= hold.ms : times >= hold.times
}

function resolved(alert: Alert, value: number, at: number): Alert {
  return { ...alert, state: 'resolved', value, resolvedAt: at }
}
