/** The recent samples of one series, in time order. NaN marks the moment it became stale. Full, it drops the oldest. */
export class SampleRing {
  readonly #capacity: number
  #times: number[] = []
  #values: number[] = []

  constructor(capacity = 720) {
    this.#capacity = capacity
  }

  get size(): number {
    return this.#times.length
  }

  get oldestAt(): number | undefined {
    return this.#times[0]
  }

  get newestAt(): number | undefined {
    return this.#times.at(-1)
  }

  /** Adds a sample; one at a time already held replaces it, an older one finds its place. */
  put(at: number, value: number | null): void {
    const held = value ?? Number.NaN
    let index = this.#times.length
    while (index > 0 && (this.#times[index - 1] ?? 0) > at) index -= 1
    if (this.#times[index - 1] === at) {
      this.#values[index - 1] = held
      return
    }
    this.#times.splice(index, 0, at)
    this.#values.splice(index, 0, held)
    if (this.#times.length > this.#capacity * 1.25) this.#trim()
  }

  /** Samples from `from` on, as `[time, value]`; a null value is a gap. */
  since(from: number): [number, number | null][] {
    const found: [number, number | null][] = []
    for (let index = this.#times.length - 1; index >= 0; index -= 1) {
      const at = this.#times[index] ?? 0
      if (at < from) break
      const value = this.#values[index] ?? Number.NaN
      found.push([at, Number.isNaN(value) ? null : value])
    }
    return found.toReversed()
  }

  #trim(): void {
    const extra = this.#times.length - this.#capacity
    this.#times.splice(0, extra)
    this.#values.splice(0, extra)
  }
}
