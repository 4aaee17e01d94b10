import { useSyncExternalStore } from 'react'

/**
 * What this page knows of newer ones. `missing`: what could not be loaded, which a newer one would explain; a screen
 * says so in its own place.
 */
export type PageVersion = { newer: string | null; missing: 'screen' | 'part' | null }

const listeners = new Set<() => void>()
const RELOADED_KEY = 'headroom.reloaded-for'
let own: string | null = null
let version: PageVersion = { newer: null, missing: null }

function set(change: Partial<PageVersion>): void {
  const next = { ...version, ...change }
  if (next.newer === version.newer && next.missing === version.missing) return
  version = next
  for (const listener of listeners) listener()
}

/** The file name that a script was loaded from. */
export function scriptName(url: string): string {
  return new URL(url).pathname.split('/').at(-1) ?? ''
}

/** Says which entry script this page runs; without it nothing is ever taken for newer. */
export function setOwnPage(script: string): void {
  own = script
}

/** Takes the entry script of the page that the collector serves now. */
export function sawPage(script: string | null): void {
  if (own === null || script === null) return
  set(script === own ? { newer: null } : { newer: script })
}

export function isMissing(missing: PageVersion['missing']): void {
  set({ missing })
}

type ReloadView = {
  sessionStorage: Pick<Storage, 'getItem' | 'setItem'>
  location: { reload: () => void }
}

/**
 * Reloads for a newer page, once for each: where the newer one cannot be had (something in between keeps the old one),
 * reloading again and again would not bring it.
 */
export function reloadOnceFor(newer: string, view: ReloadView = window): boolean {
  try {
    if (view.sessionStorage.getItem(RELOADED_KEY) === newer) return false
    view.sessionStorage.setItem(RELOADED_KEY, newer)
  } catch {
    // Where nothing can be remembered, it is left to the reader.
    return false
  }
  view.location.reload()
  return true
}

export function usePageVersion(): PageVersion {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => version,
  )
}
