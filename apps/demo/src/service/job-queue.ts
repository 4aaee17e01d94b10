import type { Clock } from '../clock.ts'

/** How a job ended. */
export type JobOutcome = 'finished' | 'failed'

export type JobQueueOptions<Job> = {
  workers: number
  /** How many jobs may wait; `enqueue` answers "full" beyond that, and the job is not taken. */
  maxLength: number
  clock: Clock
  /** Does one job. A throw counts as failed and is reported; it never stops the other workers. */
  run: (job: Job, signal: AbortSignal) => Promise<JobOutcome>
  report: (error: unknown) => void
}

/** The queue at one moment: jobs waiting, the age of the oldest of them, jobs in the hands of workers. */
export type QueueFigures = {
  length: number
  maxLength: number
  oldestMs: number
  running: number
  workers: number
  finishedTotal: number
  failedTotal: number
}

type Waiting<Job> = { job: Job; sinceMs: number }

/** A bounded in-process queue that at most `workers` jobs leave at a time, oldest first. */
export class JobQueue<Job> {
  readonly #options: JobQueueOptions<Job>
  readonly #waiting: Waiting<Job>[] = []
  readonly #running = new Set<Promise<void>>()
  readonly #stop = new AbortController()
  #finishedTotal = 0
  #failedTotal = 0

  constructor(options: JobQueueOptions<Job>) {
    this.#options = options
  }

  get figures(): QueueFigures {
    const { workers, maxLength, clock } = this.#options
    const oldest = this.#waiting[0]
    return {
      length: this.#waiting.length,
      maxLength,
      oldestMs: oldest ? clock.nowMs() - oldest.sinceMs : 0,
      running: this.#running.size,
      workers,
      finishedTotal: this.#finishedTotal,
      failedTotal: this.#failedTotal,
    }
  }

  /** How many more jobs fit. */
  get room(): number {
    return this.#options.maxLength - this.#waiting.length
  }

  enqueue(job: Job): 'queued' | 'full' | 'closed' {
    if (this.#stop.signal.aborted) return 'closed'
    if (this.room <= 0) return 'full'
    this.#waiting.push({ job, sinceMs: this.#options.clock.nowMs() })
    this.#startWork()
    return 'queued'
  }

  #startWork(): void {
    while (this.#running.size < this.#options.workers && !this.#stop.signal.aborted) {
      const next = this.#waiting.shift()
      if (!next) return
      const work: Promise<void> = this.#work(next.job).then(() => {
        this.#running.delete(work)
        this.#startWork()
      })
      this.#running.add(work)
    }
  }

  async #work(job: Job): Promise<void> {
    try {
      const outcome = await this.#options.run(job, this.#stop.signal)
      if (outcome === 'finished') this.#finishedTotal += 1
      else this.#failedTotal += 1
    } catch (error) {
      if (this.#stop.signal.aborted) return
      this.#failedTotal += 1
      this.#options.report(error)
    }
  }

  /** Aborts the jobs in hand, forgets those waiting, and resolves when every worker is still. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort(new Error('the job queue is closed'))
    this.#waiting.length = 0
    await Promise.all(this.#running)
  }
}
