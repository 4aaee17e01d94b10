import type { Clock } from '../../lib/clock.ts'

const FIRST_MS = 1_000
const MOST_MS = 60_000
/** What has gone well for so long begins again with the shortest wait. */
const WELL_MS = 60_000

/** How long to wait before the next try: twice as long each time, and a little by chance, so that not all come at once. */
export class RetryDelay {
  readonly #clock: Pick<Clock, 'random' | 'monotonic'>
  #tries = 0
  #beganAt: number | undefined

  constructor(clock: Pick<Clock, 'random' | 'monotonic'>) {
    this.#clock = clock
  }

  /** It works, from now on. */
  began(): void {
    this.#beganAt = this.#clock.monotonic()
  }

  /** The wait in ms, now that it has failed. */
  next(): number {
    if (this.#beganAt !== undefined && this.#clock.monotonic() - this.#beganAt >= WELL_MS) this.#tries = 0
    this.#beganAt = undefined
    const full = Math.min(MOST_MS, FIRST_MS * 2 ** this.#tries++)
    return full * (0.75 + 0.5 * this.#clock.random())
  }
}
