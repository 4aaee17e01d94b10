import { useCallback, useRef, useState } from 'react'

/** Whether an element has been scrolled away over the top. Give `ref` to the element. */
export function useScrolledPast(): { ref: (element: Element | null) => void; past: boolean } {
  const [past, setPast] = useState(false)
  const watching = useRef<IntersectionObserver | null>(null)
  const ref = useCallback((element: Element | null) => {
    watching.current?.disconnect()
    watching.current = null
    if (element === null) return
    const observer = new IntersectionObserver((entries) => {
      const newest = entries.at(-1)
      if (newest !== undefined) setPast(!newest.isIntersecting && newest.boundingClientRect.top < 0)
    })
    observer.observe(element)
    watching.current = observer
  }, [])
  return { ref, past }
}
