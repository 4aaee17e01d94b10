/** The one door to time and chance; everything else receives a clock. */
export type Clock = {
  now(): number
  /** Runs `job` once after `ms`; the answer cancels it. */
  after(ms: number, job: () => void): () => void
  /** Runs `job` before the next painted frame, or soon where nothing is painted (a hidden page). */
  nextFrame(job: () => void): void
  /** 0 to 1. */
  chance(): number
}

const HIDDEN_FRAME_MS = 250

export const browserClock: Clock = {
  now: () => Date.now(),
  after(ms, job) {
    const timer = setTimeout(job, ms)
    return () => clearTimeout(timer)
  },
  nextFrame(job) {
    if (document.hidden) setTimeout(job, HIDDEN_FRAME_MS)
    else requestAnimationFrame(() => job())
  },
  chance: () => Math.random(),
}

/** A clock that only moves when told to. */
export class ManualClock implements Clock {
  #now: number
  #jobs: { at: number; job: () => void }[] = []

  constructor(start = 0) {
    this.#now = start
  }

  now(): number {
    return this.#now
  }

  after(ms: number, job: () => void): () => void {
    const entry = { at: this.#now + ms, job }
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
    const end = this.#now + ms
    for (;;) {
      const next = this.#jobs.filter((entry) => entry.at <= end).toSorted((a, b) => a.at - b.at)[0]
      if (next === undefined) break
      this.#now = Math.max(this.#now, next.at)
      this.#jobs = this.#jobs.filter((entry) => entry !== next)
      next.job()
    }
    this.#now = end
  }
}
