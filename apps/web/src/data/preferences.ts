import { useSyncExternalStore } from 'react'
import { z } from 'zod'

/** What a reader chose, kept in this browser. What is not understood of it falls back to the default, part by part. */
const Preferences = z.object({
  version: z.literal(1).catch(1),
  scheme: z.enum(['auto', 'light', 'dark']).catch('auto'),
  density: z.enum(['comfortable', 'compact']).catch('comfortable'),
  zone: z.enum(['local', 'utc']).catch('local'),
  /** Single-letter shortcuts. */
  letters: z.boolean().catch(true),
  /** Changes of state told to a screen reader. */
  announce: z.boolean().catch(true),
})
export type Preferences = Readonly<z.infer<typeof Preferences>>

const KEY = 'headroom.preferences'
const listeners = new Set<() => void>()
let current = parse(readStored())
/** False once this browser refused to keep a choice: what it holds is older than what was chosen here. */
let kept = true

function readStored(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

function parse(text: string | null): Preferences {
  try {
    return Preferences.parse(JSON.parse(text ?? '{}'))
  } catch {
    return Preferences.parse({})
  }
}

function newest(): Preferences {
  const stored = kept ? readStored() : null
  return stored === null ? current : parse(stored)
}

function set(next: Preferences): void {
  current = next
  for (const listener of listeners) listener()
}

export function preferences(): Preferences {
  return current
}

export function setPreferences(change: Partial<Omit<Preferences, 'version'>>): void {
  // Another tab may have chosen something else this moment: its word comes later than its choice.
  const next = { ...newest(), ...change }
  try {
    localStorage.setItem(KEY, JSON.stringify(next))
  } catch {
    kept = false
    // A browser that keeps nothing still shows the choice until the page is closed.
  }
  set(next)
}

export function subscribePreferences(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

type StorageView = {
  addEventListener: (
    type: 'storage',
    listener: (event: { key: string | null; newValue: string | null }) => void,
    options: { signal: AbortSignal },
  ) => void
}

/** What is chosen in one tab holds in all of them: the browser tells the others. */
export function followOtherTabs(view: StorageView, signal: AbortSignal): void {
  view.addEventListener(
    'storage',
    (event) => {
      // A null key: everything was cleared.
      if (event.key === KEY || event.key === null) set(parse(event.key === null ? null : event.newValue))
    },
    { signal },
  )
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribePreferences, preferences)
}
