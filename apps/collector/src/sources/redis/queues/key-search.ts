import { runProbes, type Ask } from '../probes/probe.ts'
import { SetWatch } from './set-watch.ts'
import { WatchProbe } from './watch-probe.ts'

/** Once all keys have been seen, the search rests for so many looks. */
const REST_LOOKS = 60

/** Keys that begin with certain words; of their rest, a pattern as SCAN knows them, and what is named by it. */
export type Sought = { start: string; rest: string; nameIn: (rest: string) => string | undefined }

/**
 * Finds the keys that are sought, by SCAN, a step a look, so that a server with millions of keys feels nothing. The first
 * round takes what is left of the budget: on a small server it is over with the first look.
 */
export class KeySearch {
  readonly #nameIn: (key: string) => string | undefined
  readonly #watch: SetWatch
  #firstRound = true

  constructor({ start, rest, nameIn }: Sought) {
    this.#nameIn = (key) => nameIn(key.slice(start.length))
    this.#watch = SetWatch.ofKeys(
      `${escapePattern(start)}${rest}`,
      REST_LOOKS,
      (key) => this.#nameIn(key) !== undefined,
    )
  }

  /** Not all keys have been seen yet. */
  get unfinished(): boolean {
    return this.#firstRound
  }

  /** What the keys found so far name. */
  get found(): Set<string> {
    return new Set([...this.#watch.members].flatMap((key) => this.#nameIn(key) ?? []))
  }

  /** Goes further, by one step, or by as many as `left` allows while nothing is known yet. */
  async further(ask: Ask, left: () => number, now: number): Promise<void> {
    if (!this.#watch.due()) return
    const most = this.#firstRound ? Math.max(1, Math.floor(left() / 2)) : 1
    for (let step = 0; step < most; step++) {
      if (left() < 1) return
      await runProbes([new WatchProbe(this.#watch)], ask, now)
      if (!this.#watch.underWay) {
        this.#firstRound = false
        return
      }
    }
  }
}

function escapePattern(text: string): string {
  return text.replaceAll(/[*?[\]\\]/g, '\\$&')
}
