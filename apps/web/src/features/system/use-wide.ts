import { useSyncExternalStore } from 'react'
import { usePrinting } from '../../ui/printing.ts'

/** From here on the page has two columns; the same width stands in system.module.css. */
const WIDE = '(min-width: 1001px)'

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(WIDE)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

/** Whether the page is wide enough for two columns; paper is not. The order of reading follows it, not only the look. */
export function useWide(): boolean {
  const wide = useSyncExternalStore(subscribe, () => window.matchMedia(WIDE).matches)
  return !usePrinting() && wide
}
