import type { Piece } from '../../measures/quantile.ts'
import type { Buckets, ExponentialValue, HistogramValue } from '../wire/export.ts'

/** More buckets than this are no histogram that anybody made on purpose. */
const MAX_BUCKETS = 2_000

/** What lay in which bucket since `before`; undefined where the buckets fell, or are no buckets. */
export function explicitPieces(now: HistogramValue, before: HistogramValue | undefined): Piece[] | undefined {
  const { bounds, counts } = now
  if (counts.length > MAX_BUCKETS || (counts.length > 0 && counts.length !== bounds.length + 1)) return undefined
  const same = before?.bounds.length === bounds.length && before.bounds.every((bound, index) => bound === bounds[index])
  const pieces: Piece[] = []
  for (const [index, count] of counts.entries()) {
    const grown = count - (same ? (before.counts[index] ?? 0) : 0)
    if (!(grown >= 0)) return undefined
    if (grown > 0)
      pieces.push({ lower: bounds[index - 1] ?? -Infinity, upper: bounds[index] ?? Infinity, count: grown })
  }
  return pieces
}

/**
 * The same of a histogram whose buckets grow by a factor: bucket i holds what lies between base^i and base^(i+1), base
 * being 2^(2^-scale). Where the scale shrank in between, the buckets before are put together as theirs were.
 */
export function exponentialPieces(now: ExponentialValue, before: ExponentialValue | undefined): Piece[] | undefined {
  const { scale, zeroThreshold } = now
  if (now.positive.counts.length + now.negative.counts.length > MAX_BUCKETS || Math.abs(scale) > 32) return undefined
  const since = before === undefined || before.scale < scale ? undefined : before
  const shift = since === undefined ? 0 : since.scale - scale
  const positive = growthOf(now.positive, since?.positive, shift)
  const negative = growthOf(now.negative, since?.negative, shift)
  const zero = now.zeroCount - (since?.zeroCount ?? 0)
  if (positive === undefined || negative === undefined || !(zero >= 0)) return undefined
  const bound = (index: number): number => 2 ** (index * 2 ** -scale)
  return [
    ...(zero > 0 ? [{ lower: negative.size > 0 ? -zeroThreshold : 0, upper: zeroThreshold, count: zero }] : []),
    ...[...positive].map(([index, count]) => ({ lower: bound(index), upper: bound(index + 1), count })),
    ...[...negative].map(([index, count]) => ({ lower: -bound(index + 1), upper: -bound(index), count })),
  ]
}

function growthOf(now: Buckets, before: Buckets | undefined, shift: number): Map<number, number> | undefined {
  const counts = new Map<number, number>()
  for (const [index, count] of now.counts.entries()) if (count !== 0) counts.set(now.offset + index, count)
  for (const [index, count] of before?.counts.entries() ?? []) {
    if (count === 0) continue
    const merged = Math.floor(((before?.offset ?? 0) + index) / 2 ** shift)
    counts.set(merged, (counts.get(merged) ?? 0) - count)
  }
  for (const [index, count] of counts) {
    if (!(count >= 0)) return undefined
    if (count === 0) counts.delete(index)
  }
  return counts
}
