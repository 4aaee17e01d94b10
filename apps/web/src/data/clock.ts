/** The one door to time and chance; everything else receives a clock. */
export type Clock = {
  /** The time of day, epoch ms: it jumps when it is set, and when the machine has slept. */
  now(): number
  /** Milliseconds that only ever grow, from an arbitrary beginning; they may stand still while the machine sleeps. */
  monotonic(): number
  /** Runs `job` once after `ms`; the answer cancels it. */
  after(ms: number, job: () => void): () => void
  /** Runs `job` before the next painted frame, or soon where nothing is painted (a hidden page). */
  nextFrame(job: () => void): void
  /** 0 to 1. */
  chance(): number
}

const UNPAINTED_FRAME_MS = 250

export const browserClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, job) {
    const timer = setTimeout(job, ms)
    return () => clearTimeout(timer)
  },
  nextFrame(job) {
    // Both, whichever comes first: a page that is hidden meanwhile is painted no more, but its title still changes.
    const run = (): void => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
      job()
    }
    const frame = requestAnimationFrame(run)
    const timer = setTimeout(run, UNPAINTED_FRAME_MS)
  },
  chance: () => Math.random(),
}

/** A clock that only moves when told to. */
export class ManualClock implements Clock {
  #monotonic = 0
  #dayMs: number
  #jobs: { at: number; job: () => void }[] = []

  constructor(start = 0) {
    this.#dayMs = start
  }

  now(): number {
    return this.#dayMs + this.#monotonic
  }

  monotonic(): number {
    return this.#monotonic
  }

  after(ms: number, job: () => void): () => void {
    const entry = { at: this.#monotonic + ms, job }
    this.#jobs.push(entry)
    return () => {
      this.#jobs = this.#jobs.filter((each) => each !== entry)
    }
  }

  nextFrame(job: () => void): void {
    this.after(16, job)
  }

  chance(): number {
    return 0.5
  }

  advance(ms: number): void {
    const end = this.#monotonic + ms
    for (;;) {
      const next = this.#jobs.filter((entry) => entry.at <= end).toSorted((a, b) => a.at - b.at)[0]
      if (next === undefined) break
      this.#monotonic = Math.max(this.#monotonic, next.at)
      this.#jobs = this.#jobs.filter((entry) => entry !== next)
      next.job()
    }
    this.#monotonic = end
  }

  /** The time of day jumps, and no timer runs: the machine slept, or its clock was set. */
  jump(ms: number): void {
    this.#dayMs += ms
  }
}
