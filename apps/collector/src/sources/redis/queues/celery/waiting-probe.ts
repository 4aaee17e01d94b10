import type { Probe } from '../../probes/probe.ts'
import { asNumber, type Command, type Reply } from '../../wire/resp.ts'

/** Between a queue and its priority, and between the parts of a binding. */
export const SEPARATOR = '\u0006\u0016'
const PRIORITIES = [3, 6, 9]

/**
 * How many tasks wait in a queue: in its own list and, where priorities are used, in a list for each. Whether there are any
 * of those is one question, since an empty list is no key.
 */
export class WaitingProbe implements Probe {
  readonly kind = 'length'
  readonly #key: string
  readonly #others: string[]
  #plain: number | undefined
  #asked = false
  /** Undefined before the first look. */
  value: number | undefined

  constructor(key: string) {
    this.#key = key
    this.#others = PRIORITIES.map((priority) => `${key}${SEPARATOR}${priority}`)
  }

  cost(): number {
    return 2 + this.#others.length
  }

  first(): Command[] {
    return [
      ['LLEN', this.#key],
      ['EXISTS', ...this.#others],
    ]
  }

  second([length, others]: readonly Reply[]): Command[] {
    this.#plain = asNumber(length)
    this.#asked = (asNumber(others) ?? 0) > 0
    return this.#asked ? this.#others.map((key) => ['LLEN', key]) : []
  }

  done(replies: readonly Reply[]): void {
    const counts = [this.#plain, ...(this.#asked ? replies.map(asNumber) : [])]
    let sum = 0
    for (const count of counts) {
      if (count === undefined) return
      sum += count
    }
    this.value = sum
  }
}
