const KEPT = 500

/** The newest few hundred of a measure, to say what 99 of 100 stay under. Adding costs nothing; asking sorts. */
export class Percentile {
  readonly #values: number[] = []
  #next = 0

  add(value: number): void {
    this.#values[this.#next] = value
    this.#next = (this.#next + 1) % KEPT
  }

  /** To a tenth; null while nothing was measured. */
  p99(): number | null {
    const sorted = this.#values.toSorted((a, b) => a - b)
    const value = sorted[Math.max(0, Math.ceil(sorted.length * 0.99) - 1)]
    return value === undefined ? null : Math.round(value * 10) / 10
  }
}
