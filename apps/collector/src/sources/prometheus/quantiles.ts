import { piecesOfCumulative, quantileOf } from '../measures/quantile.ts'
import type { Group } from './group.ts'
import type { Windows } from './windows.ts'

/** Quantiles are of what was seen in the last minute, or since the answer before where that is longer ago. */
const SPAN_MS = 60_000

/**
 * A quantile of a histogram over the last minute, or of a summary as it says itself. Undefined while there is nothing to
 * compare with, and where nothing was observed in that time.
 */
export function quantileOfGroup(
  group: Group,
  counts: boolean,
  q: number,
  key: string,
  { atMs, windows }: { atMs: number; windows: Windows },
): number | undefined {
  if (group.buckets === undefined) {
    const value = group.quantiles?.get(q)
    return value === undefined || Number.isNaN(value) ? undefined : value
  }
  const bounds = [...group.buckets.keys()].toSorted((a, b) => a - b)
  const totals = bounds.map((bound) => group.buckets?.get(bound) ?? 0)
  const seen = counts ? windows.advance(`${key}/${bounds.join()}`, totals, atMs, SPAN_MS)?.growth : totals
  const pieces = seen === undefined ? undefined : piecesOfCumulative(bounds, seen)
  return pieces === undefined ? undefined : quantileOf(pieces, q)
}
