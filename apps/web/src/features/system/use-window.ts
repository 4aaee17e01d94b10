import { useServerStep } from '../../data/use-timeline.ts'
import { moveMsOf } from './view-search.ts'
import type { View } from './view-search.ts'

const STILL_MS = 3_600_000

/** The window in times: a live one moves on with the collector's clock. */
export function useWindow(view: View): { from: number; to: number } {
  const step = view.kind === 'live' ? moveMsOf(view) : STILL_MS
  const now = useServerStep(step)
  if (view.kind === 'fixed') return { from: view.from, to: view.to }
  // A step ahead, so that the newest value is never cut off.
  return { from: now + step - view.spanMs, to: now + step }
}
