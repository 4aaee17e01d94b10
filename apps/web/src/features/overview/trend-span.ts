import { MINUTE } from '@headroom/shared/time.ts'

export const TREND_MS = 15 * MINUTE
const LEAST_MS = 3 * MINUTE

/** How far back the trends of a card go: a quarter of an hour, or less, in whole minutes, while there is not so much yet. */
export function trendSpanMs(oldestAt: number | undefined, now: number): number {
  if (oldestAt === undefined) return TREND_MS
  return Math.min(TREND_MS, Math.max(LEAST_MS, Math.ceil((now - oldestAt) / MINUTE) * MINUTE))
}
