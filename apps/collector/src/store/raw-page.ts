import type { RawSeries } from '@headroom/shared/model/series.ts'
import type { RawQuery } from './types.ts'

export type RawPart = { t: number[]; v: number[]; corrected: number[] }

const HOUR_MS = 3_600_000
const WIDEST_MS = 64 * HOUR_MS

/**
 * One page of samples of several series, cut at a moment, so that the next page goes on there for all of them. A page
 * holds its first moment whole, even where that alone is more than `limit`: else it could never be passed.
 * Reads an hour at a time, wider over empty time, so that a page of a month costs what the page holds.
 */
export function rawPage(
  { series, from, to, limit }: RawQuery,
  bounds: { from: number; to: number },
  read: (series: number, from: number, to: number) => RawPart,
): { series: RawSeries[]; next: number | null } {
  const parts = series.map((): RawPart => ({ t: [], v: [], corrected: [] }))
  const end = Math.min(to, bounds.to)
  let total = 0
  let width = HOUR_MS
  let at = Math.max(from, bounds.from)
  while (at < end && total <= limit) {
    const until = Math.min(at + width, end)
    series.forEach((id, index) => {
      const more = read(id, at, until)
      total += more.t.length
      append(parts[index], more)
    })
    at = until
    width = total === 0 ? Math.min(width * 2, WIDEST_MS) : HOUR_MS
  }
  const next = total > limit ? (cut(parts, limit) ?? (at < end ? at : null)) : null
  return { series: series.map((id, index) => rawSeries(id, parts[index], next ?? Number.POSITIVE_INFINITY)), next }
}

function append(part: RawPart | undefined, more: RawPart): void {
  if (part === undefined) return
  for (const at of more.t) part.t.push(at)
  for (const value of more.v) part.v.push(value)
  for (const at of more.corrected) part.corrected.push(at)
}

/** The latest time before which at most `limit` samples lie, but after the first moment; null when nothing of what was read lies behind that. */
function cut(parts: readonly RawPart[], limit: number): number | null {
  const times = parts.flatMap((part) => part.t).toSorted((a, b) => a - b)
  const first = times[0]
  const beyond = times[Math.max(0, limit)]
  if (first === undefined || beyond === undefined) return null
  return beyond > first ? beyond : (times.find((at) => at > first) ?? null)
}

function rawSeries(id: number, part: RawPart | undefined, end: number): RawSeries {
  const t = part?.t.filter((at) => at < end) ?? []
  const corrected = part?.corrected.filter((at) => at < end) ?? []
  return { id, t, v: part?.v.slice(0, t.length) ?? [], ...(corrected.length > 0 ? { corrected } : {}) }
}
