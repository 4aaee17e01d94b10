import { useElementScrollRestoration, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useClock } from '../data/use-clock.ts'

/** A screen that has just been opened grows for a moment, until the collector has said what to show. */
const GROWING_MS = 10_000

/**
 * Brings a screen that was left, or loaded anew, back to where it was. The router does it once, when the page may still be
 * too short; this goes on until it is long enough, or somebody moves it.
 */
export function useRestoredScroll(): void {
  const clock = useClock()
  const shown = useRouterState({ select: (state) => state.resolvedLocation?.state.__TSR_key })
  const place = useElementScrollRestoration({ getElement: () => window })
  const latest = useRef(place)
  useEffect(() => {
    latest.current = place
  })
  useEffect(() => {
    const { scrollX = 0, scrollY = 0 } = latest.current ?? {}
    const root = document.documentElement
    const isLongEnough = (): boolean => root.scrollHeight - root.clientHeight >= scrollY
    if (isLongEnough()) return
    const over = new AbortController()
    const stop = (): void => over.abort()
    const grown = new ResizeObserver(() => {
      window.scrollTo(scrollX, scrollY)
      if (isLongEnough()) stop()
    })
    const cancel = clock.after(GROWING_MS, stop)
    over.signal.addEventListener('abort', () => {
      grown.disconnect()
      cancel()
    })
    for (const moved of ['wheel', 'touchmove', 'keydown', 'pointerdown'])
      window.addEventListener(moved, stop, { signal: over.signal, passive: true })
    grown.observe(document.body)
    return stop
  }, [clock, shown])
}
