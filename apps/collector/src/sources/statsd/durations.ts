import { type Piece, quantileOf } from '../measures/quantile.ts'

/** Each class is 5 % wider than the one before: a quantile is off by half of that at most. */
const GROWTH = 1.05
const LOG = Math.log(GROWTH)
/** From a hundredth of a millisecond to a day, in seconds. */
const LEAST = 1e-5
const MOST = 86_400

/** How often values of which size came, in a bounded number of classes. */
export class Durations {
  readonly #counts = new Map<number, number>()

  add(seconds: number, weight: number): void {
    const bounded = Math.min(MOST, Math.max(LEAST, seconds))
    const index = Math.ceil(Math.log(bounded) / LOG)
    this.#counts.set(index, (this.#counts.get(index) ?? 0) + weight)
  }

  get pieces(): Piece[] {
    return [...this.#counts].map(([index, count]) => ({ lower: GROWTH ** (index - 1), upper: GROWTH ** index, count }))
  }
}

/** The quantile of several together; undefined of none. */
export function quantileOfAll(all: readonly Durations[], q: number): number | undefined {
  return quantileOf(
    all.flatMap(({ pieces }) => pieces),
    q,
  )
}
