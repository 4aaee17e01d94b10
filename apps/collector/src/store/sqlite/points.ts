/** Samples of one series in two typed arrays that grow and are used again. */
export class Points {
  times: Float64Array
  values: Float64Array
  length = 0
  /** Times whose value replaced another one, ascending. */
  corrected: number[] = []

  constructor(capacity = 16) {
    this.times = new Float64Array(capacity)
    this.values = new Float64Array(capacity)
  }

  time(index: number): number {
    return this.times[index] ?? Number.NaN
  }

  value(index: number): number {
    return this.values[index] ?? Number.NaN
  }

  clear(): void {
    this.length = 0
    if (this.corrected.length > 0) this.corrected = []
  }

  /** Growing replaces the arrays, it never changes them: who kept the old ones keeps what they held. */
  reserve(capacity: number): void {
    if (capacity <= this.times.length) return
    const size = Math.max(capacity, Math.min(this.times.length * 2, this.times.length + 4096))
    const times = new Float64Array(size)
    const values = new Float64Array(size)
    times.set(this.times)
    values.set(this.values)
    this.times = times
    this.values = values
  }

  push(at: number, value: number): void {
    this.reserve(this.length + 1)
    this.times[this.length] = at
    this.values[this.length] = value
    this.length++
  }

  /** Like `push`, but takes the place of a sample of the same time at or after position `since`. */
  put(at: number, value: number, since: number): void {
    if (this.length > since && at <= this.time(this.length - 1)) {
      for (let index = this.length - 1; index >= since; index--) {
        if (this.times[index] !== at) continue
        this.values[index] = value
        return
      }
    }
    this.push(at, value)
  }

  has(at: number): boolean {
    if (this.length === 0 || at > this.time(this.length - 1)) return false
    for (let index = this.length - 1; index >= 0; index--) if (this.times[index] === at) return true
    return false
  }

  /** True when every time is later than the one before it. */
  isAscending(): boolean {
    for (let index = 1; index < this.length; index++) {
      if (this.time(index) <= this.time(index - 1)) return false
    }
    return true
  }

  /** The position of the first sample at or after `at`, in ascending points. */
  lowerBound(at: number): number {
    let low = 0
    let high = this.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.time(middle) < at) low = middle + 1
      else high = middle
    }
    return low
  }
}

/**
 * What stands after `log`, samples in the order they came, is laid over `base`, which is ascending. The later one of
 * equal times wins, and is marked corrected where it differs. Gives `log` itself where there is nothing to do.
 */
export function overlay(base: Points | null, log: Points): Points {
  if (base === null && log.isAscending()) return log
  const values = new Map<number, number>()
  const corrected = new Set<number>(base?.corrected)
  if (base !== null) for (let index = 0; index < base.length; index++) values.set(base.time(index), base.value(index))
  for (let index = 0; index < log.length; index++) {
    const at = log.time(index)
    const before = values.get(at)
    if (before !== undefined && !Object.is(before, log.value(index))) corrected.add(at)
    values.set(at, log.value(index))
  }
  const merged = new Points(values.size)
  for (const [at, value] of [...values].toSorted((a, b) => a[0] - b[0])) merged.push(at, value)
  merged.corrected = [...corrected].toSorted((a, b) => a - b)
  return merged
}

/** True when both hold the same samples with the same marks. */
export function samePoints(a: Points, b: Points): boolean {
  if (a.length !== b.length || a.corrected.length !== b.corrected.length) return false
  for (let index = 0; index < a.length; index++) {
    if (a.time(index) !== b.time(index) || !Object.is(a.value(index), b.value(index))) return false
  }
  return a.corrected.every((at, index) => at === b.corrected[index])
}
