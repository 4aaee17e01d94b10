import type { IncomingHttpHeaders } from 'node:http'
import type { Clock } from '../../../lib/clock.ts'

/** Render's own limit of reads a minute, of all keys of a person together. */
const READS_A_MINUTE = 400
const WINDOW_MS = 60_000
/** Of the limit this share is ours: the dashboard, a deploy script or a colleague's tool use the same. */
const OUR_SHARE = 0.8
/** With less than this share left the rest is for the others. */
const RESERVE = 0.05
/** How long nothing is asked after a 429 that does not say. */
const PAUSE_MS = 30_000
const MAX_PAUSE_MS = 15 * 60_000
/** A reset of more than this is a moment (epoch seconds) and not a span. */
const LATEST_SPAN_SECONDS = 1e8

/** How many reads a key may make: never more than its share in any minute, and none while Render says so. */
export type Budget = {
  /** How long the next read has to wait, in ms; 0 counts it as made. */
  take(): number
  /** What an answer said of it. */
  note(status: number, headers: IncomingHttpHeaders): void
  /** Reads a minute that may be made. */
  readonly perMinute: number
}

export function createBudget(clock: Clock): Budget {
  const made: number[] = []
  let limit = READS_A_MINUTE
  let pausedUntil = -Infinity
  const perMinute = (): number => Math.max(1, Math.floor(OUR_SHARE * limit))

  function pause(ms: number): void {
    pausedUntil = Math.max(pausedUntil, clock.monotonic() + Math.min(MAX_PAUSE_MS, Math.max(0, ms)))
  }

  return {
    get perMinute() {
      return perMinute()
    },
    take() {
      const now = clock.monotonic()
      while (made[0] !== undefined && made[0] <= now - WINDOW_MS) made.shift()
      const oldest = made[made.length - perMinute()]
      const wait = Math.max(pausedUntil - now, oldest === undefined ? 0 : oldest + WINDOW_MS - now)
      if (wait > 0) return wait
      made.push(now)
      return 0
    },
    note(status, headers) {
      const said = numberIn(headers['ratelimit-limit'])
      if (said !== undefined && said >= 1) limit = Math.min(READS_A_MINUTE, said)
      const remaining = numberIn(headers['ratelimit-remaining'])
      const resetMs = spanMs(numberIn(headers['ratelimit-reset']), clock)
      if (status === 429) pause((retryAfterMs(headers, clock) ?? resetMs ?? PAUSE_MS) * (1 + 0.1 * clock.random()))
      else if (remaining !== undefined && remaining <= RESERVE * limit && resetMs !== undefined) pause(resetMs)
    },
  }
}

function numberIn(header: string | string[] | undefined): number | undefined {
  const text = Array.isArray(header) ? header[0] : header
  return text !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined
}

/** Documented as a moment, shown in its example as a span: both are understood. */
function spanMs(seconds: number | undefined, clock: Clock): number | undefined {
  if (seconds === undefined) return undefined
  return seconds > LATEST_SPAN_SECONDS ? seconds * 1_000 - clock.now() : seconds * 1_000
}

function retryAfterMs(headers: IncomingHttpHeaders, clock: Clock): number | undefined {
  const seconds = numberIn(headers['retry-after'])
  if (seconds !== undefined) return spanMs(seconds, clock)
  const at = Date.parse(headers['retry-after'] ?? '')
  return Number.isNaN(at) ? undefined : at - clock.now()
}
