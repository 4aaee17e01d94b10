import { staleAfterMs } from '../staleness.ts'
import type { Followed } from './kind.ts'
import type { Part, PartOf } from './memory.ts'

const BUCKETS = 12

/**
 * The mean over the flag's window, each value weighed by the time it stands for. Kept in twelve buckets, so the
 * window's far end is as coarse as one of them. No value before half the window is covered.
 */
export function followMean(part: Part | undefined, { at, value, series, rule }: Followed): PartOf<'mean'> {
  const before = part?.kind === 'mean' ? part : undefined
  const windowMs = rule.flag.windowMs ?? 0
  const bucketMs = Math.max(1, windowMs / BUCKETS)
  const ms =
    before === undefined ? series.everyMs : Math.min(at - before.at, staleAfterMs(series.everyMs, series.lagMs))
  const buckets = (before?.buckets ?? []).filter(([start]) => start > at - windowMs)
  const newest = buckets.at(-1)
  if (newest !== undefined && at < newest[0] + bucketMs)
    buckets[buckets.length - 1] = [newest[0], newest[1] + value * ms, newest[2] + ms]
  else buckets.push([at, value * ms, ms])
  const covered = buckets.reduce((total, bucket) => total + bucket[2], 0)
  const area = buckets.reduce((total, bucket) => total + bucket[1], 0)
  return { kind: 'mean', value: covered * 2 < windowMs || covered === 0 ? null : area / covered, at, buckets }
}
