import type { Labels } from '@headroom/shared/model/labels.ts'

/** One metric that CloudWatch is asked for; `key` is what its target calls it. */
export type Query = {
  key: string
  namespace: string
  name: string
  dimensions: Readonly<Record<string, string>>
  stat: 'Average' | 'Sum' | 'Minimum' | 'Maximum' | 'p50' | 'p95'
}

/** What CloudWatch said of one period, by the keys of the queries; what it did not say is undefined. */
export type Said = {
  value(key: string): number | undefined
  /** Whether it was said whole: then what is missing of it is really not there. */
  isWhole(key: string): boolean
  minutes: number
}

/** One number that follows from it. `from`: the metrics of CloudWatch that it is made of, for people to see. */
export type Figure = { from: string; metric: string; value: number | undefined; labels?: Labels }

/** Something that CloudWatch has metrics of: what is asked, and what the values of one period mean. */
export type Target = {
  /** As people know it, such as `service captions/web`. */
  place: string
  labels: Labels
  queries: readonly Query[]
  /** Whether one that exists is surely in the list of metrics, which goes back two weeks. */
  listed: boolean
  figures(said: Said): Figure[]
}

/** 100 times the part of a whole, where both are known. */
export function share(part: number | undefined, whole: number | undefined): number | undefined {
  return part === undefined || whole === undefined || whole <= 0 ? undefined : (100 * part) / whole
}
