import { useCallback, useRef, useState } from 'react'
import { usePrinting } from './printing.ts'

/** Whether an element is on the screen, or near it. Give `ref` to the element. */
export function useInView(): { ref: (element: Element | null) => void; inView: boolean } {
  const [inView, setInView] = useState(false)
  const watching = useRef<IntersectionObserver | null>(null)
  const ref = useCallback((element: Element | null) => {
    watching.current?.disconnect()
    watching.current = null
    if (element === null) return
    const observer = new IntersectionObserver((entries) => setInView(entries.at(-1)?.isIntersecting ?? false), {
      rootMargin: '120px',
    })
    observer.observe(element)
    watching.current = observer
  }, [])
  return { ref, inView: usePrinting() || inView }
}
