import { useMemo } from 'react'
import { useServerStep } from '../../data/use-timeline.ts'
import { moveMsOf } from './view.ts'
import type { View } from './view.ts'

const STILL_MS = 3_600_000

export type Window = { from: number; to: number; origin?: number | undefined }

/** The window in times: a live one moves on with the collector's clock. */
export function useWindow(view: View): Window {
  const step = view.kind === 'live' ? moveMsOf(view) : STILL_MS
  const now = useServerStep(step)
  return useMemo(
    () =>
      view.kind === 'fixed'
        ? { from: view.from, to: view.to, origin: view.origin }
        : // A step ahead, so that the newest value is never cut off.
          { from: now + step - view.spanMs, to: now + step },
    [view, now, step],
  )
}
