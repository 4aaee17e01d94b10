import { sleep, type Clock } from '../clock.ts'
import { around, type Random } from '../random.ts'
import type { Conditions } from './conditions.ts'

const READ_MS = 30
const WRITE_MS = 200

/**
 * SIMULATED: there is no database here, only the time its work takes.
 * The pool whose connections that work occupies is real.
 */
export class SimulatedDatabase {
  readonly #clock: Clock
  readonly #random: Random
  readonly #conditions: () => Conditions

  constructor(clock: Clock, random: Random, conditions: () => Conditions) {
    this.#clock = clock
    this.#random = random
    this.#conditions = conditions
  }

  read(signal: AbortSignal): Promise<void> {
    return this.#take(READ_MS, signal)
  }

  write(signal: AbortSignal): Promise<void> {
    return this.#take(WRITE_MS, signal)
  }

  /** One transaction for all the images of an upload. */
  storeImages(count: number, signal: AbortSignal): Promise<void> {
    return this.#take(this.#conditions().storeMsPerImage * count, signal)
  }

  #take(ms: number, signal: AbortSignal): Promise<void> {
    return sleep(this.#clock, around(this.#random, ms, 0.15), signal)
  }
}
