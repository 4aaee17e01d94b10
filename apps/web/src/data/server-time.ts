import type { Clock } from './clock.ts'

/**
 * The collector's clock as seen from here. Between two words from it, whichever of the browser's clocks went further is
 * believed: the time of day stands still or goes back when it is set, the monotonic one while the machine sleeps. So an
 * age is never negative, and what slept never looks fresh.
 */
export class ServerTime {
  readonly #clock: Clock
  #server: number
  #day: number
  #monotonic: number

  constructor(clock: Clock) {
    this.#clock = clock
    this.#server = this.#day = clock.now()
    this.#monotonic = clock.monotonic()
  }

  /** What the collector says its time is, epoch ms. */
  set(serverMs: number): void {
    this.#server = serverMs
    this.#day = this.#clock.now()
    this.#monotonic = this.#clock.monotonic()
  }

  now(): number {
    const passed = Math.max(this.#clock.now() - this.#day, this.#clock.monotonic() - this.#monotonic)
    return this.#server + passed
  }
}
