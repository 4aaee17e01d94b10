import type { PollSource, Source } from '../sources/types.ts'
import { type Admit, firstOnes } from './assemble.ts'
import type { Poll } from './poll-once.ts'
import { createRateKeeper, type RateKeeper } from './rates.ts'
import { nextSlot, slotOffset } from './schedule.ts'
import { seriesGate } from './series-gate.ts'
import type { ScrapeTarget } from './types.ts'

/** A source under watch. */
export type Job = {
  target: ScrapeTarget
  offsetMs: number
  /** When it is due next; undefined while nothing is to be asked of it. */
  slot: number | undefined
  opened: Source | undefined
  poll: Poll | undefined
  /** A slot that came while the one before was still running, or waiting for its turn. */
  owed: number | undefined
  failures: number
  rates: RateKeeper
  admit: Admit
  gone: boolean
}

/** A source that was just added is asked this soon, however long its interval. */
const FIRST_WITHIN_MS = 2_000
/** A pushed series makes room for another after so many intervals without a word. */
const FORGOTTEN_INTERVALS = 30

/** A job whose first slot is soon after `now`; one that speaks by itself has none, until it is known to have a `poll`. */
export function createJob(target: ScrapeTarget, now: number): Job {
  const offsetMs = slotOffset(`${target.system}/${target.source}`, target.everyMs)
  const slot = nextSlot(now, target.everyMs, offsetMs)
  const soon = Math.floor(now + (offsetMs / target.everyMs) * FIRST_WITHIN_MS)
  const { everyMs, maxSeries, pushed } = target
  return {
    target,
    offsetMs,
    slot: pushed === true ? undefined : slot - now > 2 * FIRST_WITHIN_MS ? soon : slot,
    opened: undefined,
    poll: undefined,
    owed: undefined,
    failures: 0,
    rates: createRateKeeper(),
    admit: pushed === true ? seriesGate(maxSeries, FORGOTTEN_INTERVALS * everyMs) : firstOnes(maxSeries),
    gone: false,
  }
}

/** Whose lines in the log these are. */
export function named({ system, source }: ScrapeTarget): { system: string; source: string } {
  return { system, source }
}

/** The source of a job that has slots, which is one that can be asked. */
export function asked(job: Job): Pick<PollSource, 'poll'> {
  const opened = (job.opened ??= job.target.open())
  const { poll } = opened
  if (poll === undefined) throw new TypeError('a source without a poll was asked')
  return { poll: (signal) => poll.call(opened, signal) }
}
