import type { Clock } from './clock.ts'

type Timer = { at: number; order: number; fn: () => void }

/** A clock for tests: time stands still until `advance`. Timers run in order, and promises settle between them. */
export class FakeClock implements Clock {
  #wall: number
  #steady = 0
  #order = 0
  #timers: Timer[] = []

  constructor(startAt = Date.UTC(2026, 10, 25, 8, 0, 0)) {
    this.#wall = startAt
  }

  now(): number {
    return this.#wall
  }

  monotonic(): number {
    return this.#steady
  }

  random(): number {
    return 0.5
  }

  after(ms: number, fn: () => void): () => void {
    const timer: Timer = { at: this.#steady + Math.max(0, ms), order: this.#order++, fn }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
    }
  }

  /** The wall clock is set, as an administrator or NTP does; timers are not touched. */
  jump(ms: number): void {
    this.#wall += ms
  }

  /** Lets `ms` pass, running what is due and letting promises settle after each. */
  async advance(ms: number): Promise<void> {
    const end = this.#steady + ms
    await settle()
    for (;;) {
      const next = this.#timers
        .filter((timer) => timer.at <= end)
        .toSorted((a, b) => a.at - b.at || a.order - b.order)[0]
      if (next === undefined) break
      this.#timers = this.#timers.filter((timer) => timer !== next)
      this.#wall += next.at - this.#steady
      this.#steady = next.at
      next.fn()
      await settle()
    }
    this.#wall += end - this.#steady
    this.#steady = end
    await settle()
  }
}

/** Two turns of the event loop: promise chains and immediate I/O callbacks have run. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve))
}
