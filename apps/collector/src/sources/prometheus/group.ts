import type { Rule } from '../measures/rule.ts'

/** Several numbers that become one. */
export type Group = {
  count: number
  sum: number
  max: number
  min: number
  /** The newest time that any of them states. */
  at: number | undefined
  /** Of a histogram whose quantiles are wanted: how many values up to each bound. */
  buckets: Map<number, number> | undefined
  /** Of a summary: the value of each quantile; of several series the greatest. */
  quantiles: Map<number, number> | undefined
}

export function newGroup(withBuckets: boolean): Group {
  const buckets = withBuckets ? new Map<number, number>() : undefined
  return { count: 0, sum: 0, max: -Infinity, min: Infinity, at: undefined, buckets, quantiles: undefined }
}

export function addValue(group: Group, value: number, at: number | undefined): void {
  group.count++
  group.sum += value
  if (value > group.max) group.max = value
  if (value < group.min) group.min = value
  if (at !== undefined && at > (group.at ?? -Infinity)) group.at = at
}

export function addBucket(group: Group, bound: number, count: number): void {
  group.buckets?.set(bound, (group.buckets.get(bound) ?? 0) + count)
}

export function addQuantile(group: Group, quantile: number, value: number): void {
  group.quantiles ??= new Map()
  group.quantiles.set(quantile, Math.max(value, group.quantiles.get(quantile) ?? -Infinity))
}

export function reduced(group: Group, by: Rule['reduce'] = 'sum'): number {
  return by === 'mean' ? group.sum / group.count : group[by]
}
