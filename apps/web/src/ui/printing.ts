import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let printing = false

/** On paper nothing is out of sight: while it is made, every part is drawn. */
export function setPrinting(next: boolean): void {
  printing = next
  for (const listener of listeners) listener()
}

export function usePrinting(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => printing,
  )
}
