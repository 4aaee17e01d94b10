import { useSyncExternalStore } from 'react'

/** From here on the page has two columns; the same width stands in system.module.css. */
const WIDE = '(min-width: 1001px)'

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(WIDE)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

/** Whether the page is wide enough for two columns. The order of reading follows it, not only the look. */
export function useWide(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(WIDE).matches)
}
