import { useSyncExternalStore } from 'react'
import { z } from 'zod'

/** What a reader chose, kept in this browser. */
const Preferences = z.object({
  zone: z.enum(['local', 'utc']).catch('local'),
  /** Single-letter shortcuts. */
  letters: z.boolean().catch(true),
  /** Changes of state told to a screen reader. */
  announce: z.boolean().catch(true),
})
export type Preferences = z.infer<typeof Preferences>

const KEY = 'headroom.preferences'
const listeners = new Set<() => void>()
let current = read()

function read(): Preferences {
  try {
    return Preferences.parse(JSON.parse(localStorage.getItem(KEY) ?? '{}'))
  } catch {
    return Preferences.parse({})
  }
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change }
  try {
    localStorage.setItem(KEY, JSON.stringify(current))
  } catch {
    // A browser that keeps nothing still shows the choice until the page is closed.
  }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, () => current)
}
