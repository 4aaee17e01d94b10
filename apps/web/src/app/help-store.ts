import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let opened = false

function set(next: boolean): void {
  opened = next
  for (const listener of listeners) listener()
}

export function openHelp(): void {
  set(true)
}

export function closeHelp(): void {
  set(false)
}

export function useHelpOpened(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => opened,
  )
}
