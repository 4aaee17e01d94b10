import { runProbes, type Ask } from '../probes/probe.ts'
import { SetWatch } from './set-watch.ts'
import { WatchProbe } from './watch-probe.ts'

/** Once all keys have been seen, the search rests for so many looks. */
const REST_LOOKS = 60

/**
 * Finds the keys that begin and end with certain words, by SCAN, a step a look, so that a server with millions of keys
 * feels nothing. The first round takes what is left of the budget: on a small server it is over with the first look.
 */
export class KeySearch {
  readonly #start: string
  readonly #end: string
  readonly #watch: SetWatch
  #firstRound = true

  constructor(start: string, end: string) {
    this.#start = start
    this.#end = end
    this.#watch = SetWatch.ofKeys(`${escapePattern(start)}*${escapePattern(end)}`, REST_LOOKS)
  }

  /** What stands between beginning and end of the keys found so far. */
  get found(): Set<string> {
    return new Set([...this.#watch.members].map((key) => key.slice(this.#start.length, key.length - this.#end.length)))
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
