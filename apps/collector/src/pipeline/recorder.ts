import type { Event } from '@headroom/shared/model/event.ts'
import type { Clock } from '../lib/clock.ts'
import { DayGrowth } from '../telemetry/day-growth.ts'
import type { Logger } from '../telemetry/logger.ts'
import { Percentile } from '../telemetry/percentile.ts'
import type { CommitFailure, Store, Tick } from '../store/types.ts'

/** Transitions kept in memory while the disk takes nothing. Beyond this the oldest are lost, and counted. */
const MAX_WAITING = 2_000

/**
 * The way to disk. While commits fail the day goes on unrecorded: samples of that span are a gap for ever,
 * transitions wait (bounded) and are written with the first commit that succeeds.
 */
export class Recorder {
  readonly #store: Store
  readonly #log: Logger
  readonly #clock: Clock
  /** How long commits took, in ms. */
  readonly took = new Percentile()
  readonly growth: DayGrowth
  #waiting: Event[] = []
  #failure: { failure: CommitFailure; since: number } | null = null
  #commits = 0
  #lost = 0

  constructor(store: Store, log: Logger, clock: Clock) {
    this.#store = store
    this.#log = log
    this.#clock = clock
    this.growth = new DayGrowth(clock)
  }

  /** Why nothing is recorded and since when, or null. */
  get failure(): { failure: CommitFailure; since: number } | null {
    return this.#failure
  }

  get commits(): number {
    return this.#commits
  }

  get eventsLost(): number {
    return this.#lost
  }

  /** Writes a tick, and whatever waits from before. Returns whether it is on disk. */
  async commit(tick: Tick): Promise<boolean> {
    const events = this.#waiting.length === 0 ? tick.events : [...this.#waiting, ...tick.events]
    const began = this.#clock.monotonic()
    const result = await this.#store.commit({ ...tick, events })
    this.took.add(this.#clock.monotonic() - began)
    if (result.ok) {
      this.growth.add(tick.samples.length)
      this.#commits += 1
      if (this.#failure !== null)
        this.#log.log('info', 'recording again', { gapSeconds: Math.round((tick.at - this.#failure.since) / 1000) })
      this.#failure = null
      this.#waiting = []
      return true
    }
    if (this.#failure === null)
      this.#log.log('error', `not recording: ${result.failure.message}`, { code: result.failure.code })
    this.#failure = { failure: result.failure, since: this.#failure?.since ?? tick.at }
    this.#waiting = events.slice(-MAX_WAITING)
    this.#lost += events.length - this.#waiting.length
    return false
  }
}
