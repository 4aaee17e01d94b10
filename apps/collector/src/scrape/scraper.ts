import type { Reading } from '@headroom/shared/model/reading.ts'
import type { Clock } from '../lib/clock.ts'
import type { OpenSource, Source } from '../sources/types.ts'
import type { Logger } from '../telemetry/logger.ts'
import { assemble } from './assemble.ts'
import { createDueQueue } from './due-queue.ts'
import { asked, createJob, type Job, named } from './job.ts'
import { pollOnce, thrown } from './poll-once.ts'
import { backoffIntervals, followingSlot, nextSlot } from './schedule.ts'
import type { Scraped, Scraper, ScrapeStats, ScrapeTarget, ScrapeTry } from './types.ts'

export type { ScrapeTarget } from './types.ts'

export type ScraperOptions = {
  clock: Clock
  log: Logger
  onReading(scraped: Scraped): void
  /** The wall clock was set, by so many ms; slots have been laid out anew. */
  onClockJump?(ms: number): void
  /** A poll began, so many ms after its slot. */
  onStart?(lateMs: number): void
  /** The collector is behind: what sources push is refused until it has caught up. */
  isBehind?(): boolean
  maxConcurrent?: number
}

const MAX_CONCURRENT = 200
/** The timer never sleeps longer, so that a clock that was set is noticed. */
const MAX_SLEEP_MS = 5_000
const JUMP_MS = 1_000
/** A slot waits this long for its predecessor, whose deadline is often the very same moment. */
const OVERLAP_GRACE_MS = 250

export function createScraper(options: ScraperOptions): Scraper {
  return new SlotScraper(options)
}

class SlotScraper implements Scraper {
  readonly #options: ScraperOptions
  readonly #maxConcurrent: number
  readonly #jobs = new Map<string, Job>()
  readonly #due = createDueQueue<Job>()
  readonly #waiting: Job[] = []
  readonly #skipped = { overlap: 0, late: 0 }
  #running = 0
  #refused = 0
  #skew: number
  #cancelTimer: () => void = () => undefined
  #stopped = false

  constructor(options: ScraperOptions) {
    this.#options = options
    this.#maxConcurrent = options.maxConcurrent ?? MAX_CONCURRENT
    this.#skew = options.clock.now() - options.clock.monotonic()
  }

  async replace(targets: readonly ScrapeTarget[]): Promise<void> {
    if (this.#stopped) return
    const wanted = new Map(targets.map((target) => [target.key, target]))
    const gone = [...this.#jobs].filter(([key]) => !wanted.has(key))
    for (const [key] of gone) this.#jobs.delete(key)
    const added = [...wanted].filter(([key]) => !this.#jobs.has(key))
    const fresh = added.map(([key, target]) => {
      const job = createJob(target, this.#options.clock.now())
      this.#jobs.set(key, job)
      if (job.slot !== undefined) this.#due.push(job.slot, job)
      return job
    })
    this.#arm()
    await Promise.all(gone.map(([, job]) => this.#close(job)))
    // Only now: a port that is listened on may just have been freed.
    for (const job of fresh) if (job.target.pushed === true && !job.gone) this.#listen(job)
  }

  opened(type: string): OpenSource<Source>[] {
    return [...this.#jobs.values()].flatMap(({ target: { system, source, ...target }, opened }) =>
      target.type === type && opened !== undefined ? [{ system, source, opened }] : [],
    )
  }

  stats(): ScrapeStats {
    return {
      sources: this.#jobs.size,
      running: this.#running,
      waiting: this.#waiting.length,
      skipped: { ...this.#skipped },
      refused: this.#refused,
    }
  }

  tries(): ScrapeTry[] {
    return [...this.#jobs.values()].map(({ target: { system, source }, slot, failures }) => ({
      system,
      source,
      nextAt: slot ?? null,
      failures,
    }))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped = true
    this.#cancelTimer()
    this.#due.clear()
    this.#waiting.length = 0
    const jobs = [...this.#jobs.values()]
    this.#jobs.clear()
    await Promise.all(jobs.map((job) => this.#close(job)))
  }

  /** Opens a source that speaks by itself, and lets it begin; one with a `poll` is asked at its slots from now on. */
  #listen(job: Job): void {
    const { clock, log } = this.#options
    const { target } = job
    try {
      const opened = (job.opened ??= target.open())
      if ('listen' in opened)
        opened.listen({
          push: (reading) => this.#takePushed(job, reading),
          hasRoom: () => !job.gone && !this.#stopped && this.#options.isBehind?.() !== true,
        })

      if (opened.poll === undefined) return
      this.#moveTo(job, nextSlot(clock.now(), target.everyMs, job.offsetMs))
      this.#arm()
    } catch (error) {
      this.#emit(job, clock.now(), clock.monotonic(), thrown(error, log.with(named(target))))
    }
  }

  #takePushed(job: Job, reading: Reading): boolean {
    const { clock, isBehind } = this.#options
    if (job.gone || this.#stopped) return false
    if (isBehind?.() === true) {
      this.#refused++
      return false
    }
    this.#emit(job, clock.now(), clock.monotonic(), reading)
    return true
  }

  #arm(): void {
    this.#cancelTimer()
    const at = this.#due.nextAt()
    if (at === undefined || this.#stopped) return
    const sleep = Math.min(MAX_SLEEP_MS, Math.max(0, at - this.#options.clock.now()))
    this.#cancelTimer = this.#options.clock.after(sleep, () => this.#wake())
  }

  #wake(): void {
    this.#noticeJump()
    const now = this.#options.clock.now()
    for (let due = this.#due.takeDue(now); due !== undefined; due = this.#due.takeDue(now)) {
      // An entry whose job is gone, or has been moved to another slot, is only a leftover.
      if (!due.item.gone && due.item.slot === due.at) this.#slotCame(due.item, due.at, now)
    }
    this.#arm()
  }

  /** The wall clock against the one that only rises: when they part suddenly, somebody has set it. */
  #noticeJump(): void {
    const { clock, log, onClockJump } = this.#options
    const skew = clock.now() - clock.monotonic()
    const jumped = Math.round(skew - this.#skew)
    this.#skew = skew
    if (Math.abs(jumped) < JUMP_MS) return
    log.log('warn', 'the clock of this machine jumped', { ms: jumped })
    this.#due.clear()
    for (const job of this.#jobs.values())
      if (job.slot !== undefined) this.#moveTo(job, nextSlot(clock.now(), job.target.everyMs, job.offsetMs))
    onClockJump?.(jumped)
  }

  #moveTo(job: Job, slot: number): void {
    job.slot = slot
    this.#due.push(slot, job)
  }

  #slotCame(job: Job, at: number, now: number): void {
    const { everyMs } = job.target
    const { missed } = followingSlot(at, now, everyMs)
    this.#skipped.late += missed
    const slot = at + missed * everyMs
    this.#moveTo(job, nextSlot(slot, everyMs, job.offsetMs))
    if (job.owed !== undefined) this.#skipped.overlap++
    const idle = job.poll === undefined && job.owed === undefined
    if (idle && this.#running < this.#maxConcurrent) return this.#start(job, slot)
    if (idle) this.#waiting.push(job)
    job.owed = slot
  }

  #start(job: Job, slot: number): void {
    const { clock, log, onStart } = this.#options
    const { target } = job
    const atMs = clock.monotonic()
    onStart?.(Math.max(0, clock.now() - slot))
    this.#running++
    job.owed = undefined
    const poll = pollOnce(() => asked(job), target.timeoutMs, clock, log.with(named(target)))
    job.poll = poll
    void poll.reading
      .then((reading) => this.#finish(job, slot, atMs, reading))
      .then(() => poll.settled)
      .then(() => this.#settle(job))
  }

  #finish(job: Job, slot: number, atMs: number, reading: Reading): void {
    this.#running--
    if (!job.gone) {
      this.#backOff(job, slot, reading)
      this.#emit(job, slot, atMs, reading)
    }
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      if (next.gone || next.owed === undefined) continue
      return this.#start(next, next.owed)
    }
  }

  /** A system in trouble that still says its numbers is asked at its usual pace; silence is asked less and less often. */
  #backOff(job: Job, slot: number, reading: Reading): void {
    const { everyMs } = job.target
    job.failures = reading.error !== undefined && reading.points.length === 0 ? job.failures + 1 : 0
    const intervals = backoffIntervals(job.failures, everyMs)
    if (intervals === 1) return
    const later = nextSlot(slot + (intervals - 1) * everyMs, everyMs, job.offsetMs)
    if (job.slot !== undefined && later > job.slot && later > this.#options.clock.now()) this.#moveTo(job, later)
    this.#arm()
  }

  #emit(job: Job, slotAt: number, atMs: number, reading: Reading): void {
    const { system, source, lagMs, labels } = job.target
    const { points, leftOut } = assemble(reading, labels, job.admit, job.rates, atMs)
    try {
      this.#options.onReading({ system, source, slotAt, reading: { ...reading, leftOut }, points, lagMs })
    } catch (error) {
      this.#options.log.log('error', 'a reading could not be taken in', {
        system,
        source,
        error: error instanceof Error ? error.name : typeof error,
      })
    }
  }

  /** The source has let go; a slot that came a moment ago is still its turn. */
  #settle(job: Job): void {
    job.poll = undefined
    if (job.gone || job.owed === undefined || this.#stopped) return
    const late = this.#options.clock.now() - job.owed
    if (
      late <= Math.min(OVERLAP_GRACE_MS, job.target.everyMs / 10) &&
      backoffIntervals(job.failures, job.target.everyMs) === 1
    )
      return this.#start(job, job.owed)
    job.owed = undefined
    this.#skipped.overlap++
  }

  async #close(job: Job): Promise<void> {
    job.gone = true
    job.poll?.abort()
    // A source that ignores its signal is not waited for longer than its deadline allows.
    if (job.poll !== undefined) await Promise.race([job.poll.settled, job.poll.reading])
    try {
      await job.opened?.[Symbol.asyncDispose]()
    } catch {
      this.#options.log.log('warn', 'a source did not close cleanly', {
        system: job.target.system,
        source: job.target.source,
      })
    }
  }
}
