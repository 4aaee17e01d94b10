/** What has been told of each series, so that of an overlap of spans only what is new or corrected is told again. */
export class Told {
  readonly #values = new Map<string, Map<number, number>>()

  /** Whether this value of this time is news. */
  isNews(series: string, at: number, value: number): boolean {
    const known = this.#values.get(series) ?? new Map<number, number>()
    this.#values.set(series, known)
    if (known.get(at) === value) return false
    known.set(at, value)
    return true
  }

  /** Forgets times before this: they are not asked for any more. */
  forgetBefore(at: number): void {
    for (const [series, known] of this.#values) {
      for (const time of known.keys()) if (time < at) known.delete(time)
      if (known.size === 0) this.#values.delete(series)
    }
  }
}
