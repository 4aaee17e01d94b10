import { createHash } from 'node:crypto'
import type { Probe } from '../../probes/probe.ts'
import type { Command, Reply } from '../../wire/resp.ts'

/** The task in front is looked at every so many times that its turn comes, one with much in it more seldom. */
const REST = 3
const REST_AFTER_LARGE = 60
const LARGE = 64 * 2 ** 10

/**
 * Since when the same task has stood at the front of a queue. Celery writes no time into its messages: all that can be
 * said is how long nobody has taken the next one while we watched.
 */
export class FrontProbe implements Probe {
  readonly kind = 'front'
  readonly #key: string
  #resting = 0
  #front: { digest: string; since: number; again: boolean } | undefined

  constructor(key: string) {
    this.#key = key
  }

  /** Epoch ms; undefined while tasks are being taken, or after a first look. */
  get since(): number | undefined {
    return this.#front?.again === true ? this.#front.since : undefined
  }

  cost(): number {
    return 1
  }

  first(): Command[] {
    if (this.#resting > 0) {
      this.#resting--
      return []
    }
    // New tasks are pushed at the left end, and taken from the right one.
    return [['LINDEX', this.#key, -1]]
  }

  second(replies: readonly Reply[], now: number): Command[] {
    const [reply] = replies
    if (replies.length === 0) return []
    if (typeof reply !== 'string') {
      this.#front = undefined
      return []
    }
    this.#resting = reply.length > LARGE ? REST_AFTER_LARGE : REST
    const digest = createHash('sha256').update(reply).digest('base64')
    const same = this.#front?.digest === digest
    this.#front = { digest, since: same ? (this.#front?.since ?? now) : now, again: same }
    return []
  }

  done(): void {
    // All was said in the first step.
  }
}
