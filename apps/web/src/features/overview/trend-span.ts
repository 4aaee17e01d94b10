import { MINUTE } from '@headroom/shared/time.ts'

export const TREND_MS = 15 * MINUTE
const SPANS_MS = [3 * MINUTE, 5 * MINUTE, 10 * MINUTE, TREND_MS]

/** How far back the trends of a card go: a quarter of an hour, or less while there is not so much yet. */
export function trendSpanMs(oldestAt: number | undefined, now: number): number {
  if (oldestAt === undefined) return TREND_MS
  return SPANS_MS.find((span) => now - oldestAt <= span) ?? TREND_MS
}
