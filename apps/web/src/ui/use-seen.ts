import { useCallback, useRef, useState } from 'react'
import { usePrinting } from './printing.ts'

type Told = (seen: boolean) => void

/** How far beside the screen something counts as seen, so that it is ready when it comes. */
const MARGIN = '160px'

const told = new WeakMap<Element, Told>()
let observer: IntersectionObserver | undefined

/** One observer for all elements of the page: hundreds of them, each with its own, cost more than what they save. */
function observe(element: Element, tell: Told): () => void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const entry of entries) told.get(entry.target)?.(entry.isIntersecting)
    },
    { rootMargin: MARGIN },
  )
  told.set(element, tell)
  observer.observe(element)
  return () => {
    told.delete(element)
    observer?.unobserve(element)
  }
}

/** Whether an element is on the screen, or near it. Give `ref` to the element. */
export function useSeen(): { ref: (element: Element | null) => void; seen: boolean } {
  const [seen, setSeen] = useState(false)
  const stop = useRef<(() => void) | undefined>(undefined)
  const ref = useCallback((element: Element | null) => {
    stop.current?.()
    stop.current = element === null ? undefined : observe(element, setSeen)
  }, [])
  return { ref, seen: usePrinting() || seen }
}
