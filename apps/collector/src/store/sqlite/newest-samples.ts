import type { Sample } from '@headroom/shared/model/series.ts'

const END_OF_TIME = Number.MAX_SAFE_INTEGER - 1

/** The newest sample of each series, found when first asked for and then kept up to date: what screens ask for most. */
export class NewestSamples {
  /** Null: the series has none. */
  #known = new Map<number, Sample | null>()
  #find

  /** `find`: the newest sample at or before a moment and not before another, read from where all are. */
  constructor(find: (series: number, at: number, notBefore: number) => Sample | null) {
    this.#find = find
  }

  get(series: number, at = END_OF_TIME, notBefore = 0): Sample | null {
    let sample = this.#known.get(series)
    if (sample === undefined) {
      sample = this.#find(series, END_OF_TIME, 0)
      this.#known.set(series, sample)
    }
    if (sample === null || sample.at < notBefore) return null
    return sample.at <= at ? { ...sample } : this.#find(series, at, notBefore)
  }

  /** These samples have been committed. */
  add(samples: readonly Sample[]): void {
    for (const sample of samples) {
      const known = this.#known.get(sample.series)
      if (known !== undefined && (known === null || sample.at >= known.at)) this.#known.set(sample.series, sample)
    }
  }

  /** Samples have gone: look again. */
  clear(): void {
    this.#known.clear()
  }
}
