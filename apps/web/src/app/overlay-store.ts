import { useSyncExternalStore } from 'react'

/** What can lie over the page; one at a time. */
export type Overlay = 'palette' | 'settings' | 'help'

const listeners = new Set<() => void>()
let opened: Overlay | null = null

function set(next: Overlay | null): void {
  opened = next
  for (const listener of listeners) listener()
}

export function openOverlay(overlay: Overlay): void {
  set(overlay)
}

export function closeOverlay(): void {
  set(null)
}

export function toggleOverlay(overlay: Overlay): void {
  set(opened === overlay ? null : overlay)
}

export function useOverlay(): Overlay | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => opened,
  )
}
