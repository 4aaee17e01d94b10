import { useElementScrollRestoration } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useClock } from '../data/use-clock.ts'

/** A page that has just been loaded grows for a moment, until the collector has said what to show. */
const GROWING_MS = 4_000

/**
 * Brings a page that was loaded anew back to where it was. The router does it once, when the page is still too short;
 * this goes on until it is long enough, or somebody moves it.
 */
export function useRestoredScroll(): void {
  const clock = useClock()
  const place = useElementScrollRestoration({ getElement: () => window })
  const first = useRef(place)
  useEffect(() => {
    const { scrollX = 0, scrollY = 0 } = first.current ?? {}
    if (scrollY === 0) return
    const over = new AbortController()
    const stop = (): void => over.abort()
    const root = document.documentElement
    const grown = new ResizeObserver(() => {
      window.scrollTo(scrollX, scrollY)
      if (root.scrollHeight - root.clientHeight >= scrollY) stop()
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
  }, [clock])
}
