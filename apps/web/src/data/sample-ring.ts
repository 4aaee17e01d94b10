/** The recent samples of one series, in time order. NaN marks the moment it became stale. Full or old, the oldest go. */
export class SampleRing {
  readonly #capacity: number
  readonly #keepMs: number
  #times: number[] = []
  #values: number[] = []

  /** Twenty minutes: a little more than the trends show. At most a sample a second is held for so long. */
  constructor(capacity = 1_200, keepMs = 20 * 60_000) {
    this.#capacity = capacity
    this.#keepMs = keepMs
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
    this.#trim()
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

  /** In strokes of a quarter, so that most samples cost nothing more than their place. */
  #trim(): void {
    const oldest = (this.#times.at(-1) ?? 0) - this.#keepMs
    if (this.#times.length <= this.#capacity * 1.25 && (this.#times[0] ?? 0) >= oldest - this.#keepMs / 4) return
    let extra = Math.max(0, this.#times.length - this.#capacity)
    while (extra < this.#times.length - 1 && (this.#times[extra] ?? 0) < oldest) extra += 1
    this.#times.splice(0, extra)
    this.#values.splice(0, extra)
  }
}
