import { FakeClock } from '../../../src/lib/fake-clock.ts'

/** The `timeout` of every source on a stage: a length that nothing else waits for, so that deadlines are known by it. */
export const DEADLINE_MS = 7_321

/** A clock that knows which questions are under way: each has a deadline on it until it is answered. */
export class WatchedClock extends FakeClock {
  readonly #asked = new Map<symbol, number>()

  override after(ms: number, fn: () => void): () => void {
    if (ms !== DEADLINE_MS) return super.after(ms, fn)
    const question = Symbol('question')
    this.#asked.set(question, this.monotonic())
    const cancel = super.after(ms, () => {
      this.#asked.delete(question)
      fn()
    })
    return () => {
      this.#asked.delete(question)
      cancel()
    }
  }

  /** How many questions were put at least so long ago, and are not answered. */
  unanswered(sinceMs: number): number {
    const latest = this.monotonic() - sinceMs
    return [...this.#asked.values()].filter((at) => at <= latest).length
  }
}
