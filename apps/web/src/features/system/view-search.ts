import { DAY, HOUR, MINUTE } from '@headroom/shared/time.ts'
import { z } from 'zod'

export const RANGES = { '5m': 5 * MINUTE, '15m': 15 * MINUTE, '1h': HOUR, '3h': 3 * HOUR, '1d': DAY } as const
export type RangeName = keyof typeof RANGES
export const RANGE_NAMES: readonly RangeName[] = ['5m', '15m', '1h', '3h', '1d']

/** What a link to a system says about the view: a range up to now or up to `at` (paused), or from one moment to another. */
export const ViewSearch = z.object({
  range: z.enum(['5m', '15m', '1h', '3h', '1d']).optional().catch(undefined),
  at: z.number().int().positive().optional().catch(undefined),
  from: z.number().int().positive().optional().catch(undefined),
  to: z.number().int().positive().optional().catch(undefined),
  all: z.boolean().optional().catch(undefined),
})
export type ViewSearch = z.infer<typeof ViewSearch>

/** The window to show. `live` follows now; `key` names it for cached answers. */
export type View =
  | { kind: 'live'; spanMs: number; key: string }
  | { kind: 'fixed'; from: number; to: number; key: string }

export function viewOf(search: ViewSearch): View {
  const { from, to, at } = search
  const range = search.range ?? '15m'
  if (from !== undefined && to !== undefined && to > from) return { kind: 'fixed', from, to, key: `${from}-${to}` }
  if (at !== undefined) return { kind: 'fixed', from: at - RANGES[range], to: at, key: `${range}@${at}` }
  return { kind: 'live', spanMs: RANGES[range], key: range }
}

export function spanOf(view: View): number {
  return view.kind === 'live' ? view.spanMs : view.to - view.from
}

const POINTS = 120

/** The width of one drawn point: never finer than the source speaks. */
export function stepOf(view: View, everyMs: number): number {
  return Math.max(Math.ceil(spanOf(view) / POINTS), everyMs, 1000)
}

/** How often a live picture moves on: about as often as that shows. */
export function moveMsOf(view: View): number {
  return Math.min(30_000, Math.max(1000, Math.round(spanOf(view) / 600 / 1000) * 1000))
}
