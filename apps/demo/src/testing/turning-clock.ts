import type { Clock } from '../clock.ts'

type Timer = { atMs: number; run: () => void }

/** Requests over loopback take some turns: at this pace some hundredths of a second of the clock's time. */
const TURN_MS = 5

/**
 * A clock that goes on by a little with each turn of the event loop: as fast as the process is, whatever else the
 * machine does meanwhile. What waits for sockets is never outrun by it, as it is by the machine's time on a busy day.
 */
export class TurningClock implements Clock, Disposable {
  #nowMs = Date.UTC(2026, 0, 5, 9)
  #stopped = false
  readonly #timers = new Set<Timer>()

  constructor() {
    setImmediate(() => this.#turn())
  }

  nowMs(): number {
    return this.#nowMs
  }

  after(delayMs: number, run: () => void): () => void {
    const timer = { atMs: this.#nowMs + delayMs, run }
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }

  [Symbol.dispose](): void {
    this.#stopped = true
  }

  #turn(): void {
    if (this.#stopped) return
    this.#nowMs += TURN_MS
    const due = [...this.#timers].filter(({ atMs }) => atMs <= this.#nowMs)
    for (const timer of due.toSorted((a, b) => a.atMs - b.atMs)) if (this.#timers.delete(timer)) timer.run()
    setImmediate(() => this.#turn())
  }
}
