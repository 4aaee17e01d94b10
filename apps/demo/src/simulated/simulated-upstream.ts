import { sleep, type Clock } from '../clock.ts'
import { around, type Random } from '../random.ts'
import { RollingWindow } from '../service/rolling-window.ts'
import type { Conditions } from './conditions.ts'

/** What the caption API says to one call. */
export type CaptionAnswer = { kind: 'captioned'; caption: string } | { kind: 'rate-limited'; retryAfterMs: number }

/** The calls so far; the rate and the mean duration are of the last minute. */
export type UpstreamFigures = {
  requestsTotal: number
  requestsPerMinute: number
  limitPerMinute: number
  rateLimitedTotal: number
  meanMs: number
}

const LIMIT_PER_MINUTE = 1_000
const REFUSAL_MS = 150
/** The pause of the documents' Slow Mode. */
const RETRY_AFTER_MS = 3_000
const SUBJECTS = [
  'a dune at low tide',
  'a bicycle by a canal',
  'two herons',
  'an empty classroom',
  'a tram in the rain',
]

/** SIMULATED: the paid caption API. Its answers and their delays are made up; the calls made to it are really counted. */
export class SimulatedUpstream {
  readonly #clock: Clock
  readonly #random: Random
  readonly #conditions: () => Conditions
  readonly #calls: RollingWindow
  readonly #durations: RollingWindow
  #requestsTotal = 0
  #rateLimitedTotal = 0

  constructor(clock: Clock, random: Random, conditions: () => Conditions) {
    this.#clock = clock
    this.#random = random
    this.#conditions = conditions
    this.#calls = new RollingWindow(clock, 5_000)
    this.#durations = new RollingWindow(clock, 5_000)
  }

  async caption(signal: AbortSignal): Promise<CaptionAnswer> {
    const { captionMs, refusedShare } = this.#conditions()
    const refused = this.#calls.count >= LIMIT_PER_MINUTE || this.#random() < refusedShare
    this.#requestsTotal += 1
    this.#calls.add(1)
    if (refused) {
      this.#rateLimitedTotal += 1
      await sleep(this.#clock, REFUSAL_MS, signal)
      return { kind: 'rate-limited', retryAfterMs: RETRY_AFTER_MS }
    }
    const tookMs = around(this.#random, captionMs, 0.2)
    await sleep(this.#clock, tookMs, signal)
    this.#durations.add(tookMs)
    const subject = SUBJECTS[Math.floor(this.#random() * SUBJECTS.length)] ?? 'something'
    return { kind: 'captioned', caption: `A photo of ${subject}.` }
  }

  get figures(): UpstreamFigures {
    return {
      requestsTotal: this.#requestsTotal,
      requestsPerMinute: this.#calls.count,
      limitPerMinute: LIMIT_PER_MINUTE,
      rateLimitedTotal: this.#rateLimitedTotal,
      meanMs: this.#durations.mean,
    }
  }
}
