import type { RangeSeries } from '@headroom/shared/model/series.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const SIXTIETHS = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30]
/** Widths a person can read off an axis; beyond them whole days. */
const NICE = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  250,
  500,
  ...SIXTIETHS.map((width) => width * SECOND),
  ...SIXTIETHS.map((width) => width * MINUTE),
  ...[1, 2, 3, 4, 6, 8, 12].map((hours) => hours * HOUR),
]

/** Equal buckets: the first begins at `start`, a multiple of `stepMs` at or before `from`; the last ends at or after `to`. */
export type BucketPlan = { from: number; to: number; stepMs: number; start: number; times: number[] }

/** The narrowest nice width with which at most `points` buckets cover [from, to). */
export function planBuckets(from: number, to: number, points: number): BucketPlan {
  const most = Math.max(1, Math.floor(points))
  const stepMs = NICE.find((width) => bucketCount(from, to, width) <= most) ?? wholeDays(from, to, most)
  const start = Math.floor(from / stepMs) * stepMs
  const count = to > from ? bucketCount(from, to, stepMs) : 0
  return { from, to, stepMs, start, times: Array.from({ length: count }, (_, index) => start + index * stepMs) }
}

function bucketCount(from: number, to: number, width: number): number {
  return Math.ceil(to / width) - Math.floor(from / width)
}

/** A span that straddles a boundary of every width takes two buckets, however wide they are. */
function wholeDays(from: number, to: number, most: number): number {
  const days = Math.max(1, Math.ceil((to - from) / DAY / Math.max(1, most - 1)))
  return days * DAY
}

/** Least, greatest, mean and last value of each bucket of one series. Samples may come in any number of ascending parts. */
export class BucketFold {
  #plan: BucketPlan
  #min: Float64Array
  #max: Float64Array
  #sum: Float64Array
  #last: Float64Array
  #count: Uint32Array

  constructor(plan: BucketPlan) {
    const size = plan.times.length
    this.#plan = plan
    this.#min = new Float64Array(size)
    this.#max = new Float64Array(size)
    this.#sum = new Float64Array(size)
    this.#last = new Float64Array(size)
    this.#count = new Uint32Array(size)
  }

  /** Adds the samples at positions `begin` to `end`, all of them within [from, to). */
  add(times: ArrayLike<number>, values: ArrayLike<number>, begin: number, end: number): void {
    const { start, stepMs } = this.#plan
    let bucket = -1
    let bucketEnd = Number.NEGATIVE_INFINITY
    for (let index = begin; index < end; index++) {
      const at = times[index] ?? 0
      const value = values[index] ?? 0
      if (at >= bucketEnd) {
        bucket = Math.floor((at - start) / stepMs)
        bucketEnd = start + (bucket + 1) * stepMs
      }
      this.#put(bucket, value)
    }
  }

  result(id: number): RangeSeries {
    const { times } = this.#plan
    const pick = (values: ArrayLike<number>): (number | null)[] =>
      times.map((_, bucket) => (this.#count[bucket] === 0 ? null : (values[bucket] ?? null)))
    return {
      id,
      t: times,
      min: pick(this.#min),
      max: pick(this.#max),
      avg: times.map((_, bucket) => this.#mean(bucket)),
      last: pick(this.#last),
    }
  }

  #put(bucket: number, value: number): void {
    const count = this.#count[bucket] ?? 0
    if (count === 0 || value < (this.#min[bucket] ?? 0)) this.#min[bucket] = value
    if (count === 0 || value > (this.#max[bucket] ?? 0)) this.#max[bucket] = value
    this.#sum[bucket] = (this.#sum[bucket] ?? 0) + value
    this.#last[bucket] = value
    this.#count[bucket] = count + 1
  }

  /** Kept within min and max, which rounding, or a sum beyond the largest double, could leave. */
  #mean(bucket: number): number | null {
    const count = this.#count[bucket] ?? 0
    if (count === 0) return null
    const min = this.#min[bucket] ?? 0
    const max = this.#max[bucket] ?? 0
    const mean = (this.#sum[bucket] ?? 0) / count
    return Number.isFinite(mean) ? Math.min(max, Math.max(min, mean)) : min / 2 + max / 2
  }
}
