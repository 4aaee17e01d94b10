import { useEffect } from 'react'
import { browserClock } from '../data/clock.ts'
import { useTimeline } from '../data/use-timeline.ts'
import { AddSource, SetupPage, SystemPage, WatchSomething } from './lazy-screens.ts'
import { LAZY_OVERLAYS } from './Overlays.tsx'

type Connected = Navigator & { connection?: { saveData?: boolean } }

/** The first screen's own answers and pictures come first: waiting for those is not having nothing to do. */
const FIRST_SCREEN_MS = 1_500

/**
 * Loads what comes later as soon as nothing else is to do: so that it opens at once, and also when the collector has
 * gone away or has a newer page meanwhile. Whoever saves data loads only what they open.
 */
export function usePreloading(): void {
  const greeted = useTimeline((timeline) => timeline.greeted)
  useEffect(() => {
    if (!greeted || (navigator as Connected).connection?.saveData === true) return
    const load = (): void => {
      for (const part of [...LAZY_OVERLAYS, SystemPage, SetupPage, WatchSomething, AddSource]) void part.preload()
    }
    let idle: number | undefined
    const cancel = browserClock.after(FIRST_SCREEN_MS, () => {
      // Safari has no idle callback: there it is loaded at once.
      if (typeof requestIdleCallback !== 'function') return load()
      idle = requestIdleCallback(load, { timeout: 5_000 })
    })
    return () => {
      cancel()
      if (idle !== undefined) cancelIdleCallback(idle)
    }
  }, [greeted])
}
