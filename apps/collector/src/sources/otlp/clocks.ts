import { formatDuration } from '@headroom/shared/time.ts'
import type { SourceProblem } from '@headroom/shared/model/system.ts'

/** A time further ahead than this is no time at all; further back than this it is too late for anything. */
const MAX_AHEAD_MS = 60_000
const MAX_BEHIND_MS = 60 * 60_000

export type Judged = 'fine' | 'ahead' | 'too_late' | 'no_time'

export function judgeTime(atMs: number, now: number): Judged {
  if (atMs <= 0) return 'no_time'
  if (atMs > now + MAX_AHEAD_MS) return 'ahead'
  return atMs < now - MAX_BEHIND_MS ? 'too_late' : 'fine'
}

/** What is wrong with the clocks of those who push. Each is remembered for a while, for others push in between. */
export type Clocks = {
  /** The newest time that a sender gave, and how it was judged. */
  note(sender: string, newestMs: number, judged: Judged, now: number): void
  problem(now: number): SourceProblem | undefined
}

type Wrong = { code: 'clock_ahead' | 'clock_behind'; byMs: number; notedAt: number }

/** `lateMs`: what comes later than this would be stale at once. `rememberMs`: how long a sender's fault is told. */
export function createClocks(lateMs: number, rememberMs: number): Clocks {
  const wrong = new Map<string, Wrong>()
  return {
    note(sender, newestMs, judged, now) {
      wrong.delete(sender)
      const byMs = newestMs - now
      if (judged === 'ahead') wrong.set(sender, { code: 'clock_ahead', byMs, notedAt: now })
      else if (judged === 'too_late' || (judged === 'fine' && -byMs > lateMs))
        wrong.set(sender, { code: 'clock_behind', byMs, notedAt: now })
    },
    problem(now) {
      for (const [sender, { notedAt }] of wrong) if (now - notedAt > rememberMs) wrong.delete(sender)
      const [first] = wrong
      if (first === undefined) return undefined
      const [sender, { code, byMs }] = first
      const others = wrong.size === 1 ? '' : ` (and ${wrong.size - 1} more)`
      const far = formatDuration(Math.round(Math.abs(byMs) / 1_000) * 1_000)
      const message =
        code === 'clock_ahead'
          ? `the newest values of ${sender}${others} are of a time ${far} ahead, and were not taken; set its clock, or that of this machine`
          : `the newest values of ${sender}${others} are ${far} old when they come; set its clock, or let it push more often`
      return { code, message }
    },
  }
}
