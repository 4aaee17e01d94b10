import type { PlannedEvent } from '@headroom/shared/model/planned-event.ts'
import { DAY, HOUR, MINUTE } from '@headroom/shared/time.ts'

const RANGES = { '5m': 5 * MINUTE, '15m': 15 * MINUTE, '1h': HOUR, '3h': 3 * HOUR, '1d': DAY } as const
export type RangeName = keyof typeof RANGES
export const RANGE_NAMES: readonly RangeName[] = ['5m', '15m', '1h', '3h', '1d']
export const DEFAULT_RANGE: RangeName = '15m'

/** What an address says about the time that is shown. */
export type ViewTime = {
  range?: RangeName | undefined
  event?: string | undefined
  at?: number | undefined
  from?: number | undefined
  to?: number | undefined
}

/**
 * The window to show. `live` follows now; `fixed` stands still, and grows where its end is still to come. `key` names it
 * for cached answers, `origin` is the beginning of the event that its times are counted from.
 */
export type View =
  | { kind: 'live'; spanMs: number; key: string; origin?: undefined }
  | { kind: 'fixed'; from: number; to: number; key: string; origin?: number | undefined }

/** Of an event, people arriving and leaving are seen too. */
const LEAD_MS = 10 * MINUTE
const LEAD_SHARE = 0.1

export function viewOf(search: ViewTime, event?: PlannedEvent): View {
  const { from, to, at } = search
  const origin = event?.startAt
  if (from !== undefined && to !== undefined && to > from) return fixed(from, to, origin)
  if (event !== undefined) {
    const lead = Math.min(LEAD_MS, (event.endAt - event.startAt) * LEAD_SHARE)
    const start = event.startAt - lead
    return fixed(start, Math.max(start + MINUTE, Math.min(event.endAt + lead, at ?? Infinity)), origin)
  }
  const range = search.range ?? DEFAULT_RANGE
  if (at !== undefined) return fixed(at - RANGES[range], at)
  return { kind: 'live', spanMs: RANGES[range], key: range }
}

function fixed(from: number, to: number, origin?: number): View {
  return { kind: 'fixed', from, to, key: `${from}-${to}`, origin }
}

export function spanOf(view: View): number {
  return view.kind === 'live' ? view.spanMs : view.to - view.from
}

/** True while samples still come into the window. */
export function isGrowing(view: View, now: number): boolean {
  return view.kind === 'live' || (view.from <= now && now < view.to)
}

/** So many points are drawn of a series. */
export const POINTS = 120

/** The width of one drawn point: never finer than the source speaks. */
export function stepOf(view: View, everyMs: number): number {
  return Math.max(Math.ceil(spanOf(view) / POINTS), everyMs, 1000)
}

/** How often a live picture moves on: about as often as that shows. */
export function moveMsOf(view: View): number {
  return Math.min(30_000, Math.max(1000, Math.round(spanOf(view) / 600 / 1000) * 1000))
}
