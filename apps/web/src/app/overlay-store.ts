import { useSyncExternalStore } from 'react'

/** What can lie over the page; one at a time. */
export type Overlay = 'palette' | 'settings' | 'help'

const listeners = new Set<() => void>()
let opened: Overlay | null = null
let ahead = ''

function set(next: Overlay | null): void {
  opened = next
  ahead = ''
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

/** What was typed for an overlay before it was there. */
export function typedAhead(): string {
  return ahead
}

export function typeAhead(text: string): void {
  ahead = text
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
