import { useCallback, useRef, useState } from 'react'
import { usePrinting } from './printing.ts'

/** Near enough to the screen to be drawn already. */
const NEAR_PX = 120

export type Place = { width: number; inView: boolean }

/**
 * How wide an element is, and whether it is on the screen or near it. Both are known before the first paint, so that
 * what depends on them is drawn at once and nothing jumps. Give `ref` to the element.
 */
export function usePlace(): Place & { ref: (element: Element | null) => void } {
  const [place, setPlace] = useState<Place>({ width: 0, inView: false })
  const stop = useRef<(() => void) | null>(null)
  const ref = useCallback((element: Element | null) => {
    stop.current?.()
    stop.current = null
    if (element === null) return
    const change = (next: Partial<Place>): void =>
      setPlace((held) => {
        const changed = { ...held, ...next }
        return changed.width === held.width && changed.inView === held.inView ? held : changed
      })
    const { top, bottom, width } = element.getBoundingClientRect()
    change({ width, inView: top < window.innerHeight + NEAR_PX && bottom > -NEAR_PX })
    const size = new ResizeObserver((entries) => {
      const box = entries.at(-1)?.contentRect
      if (box !== undefined) change({ width: box.width })
    })
    const view = new IntersectionObserver((entries) => change({ inView: entries.at(-1)?.isIntersecting ?? false }), {
      rootMargin: `${NEAR_PX}px`,
    })
    size.observe(element)
    view.observe(element)
    stop.current = () => {
      size.disconnect()
      view.disconnect()
    }
  }, [])
  return { ...place, inView: usePrinting() || place.inView, ref }
}
