import { useSyncExternalStore } from 'react'
import { addChange, type Change } from './changes.ts'

/** Corrections that are being gathered, by source, for as long as the page is open: leaving the screen loses none. */
const drafts = new Map<string, readonly Change[]>()
const listeners = new Set<() => void>()
const NONE: readonly Change[] = []

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function keep(key: string, changes: readonly Change[]): void {
  if (changes.length === 0) drafts.delete(key)
  else drafts.set(key, changes)
  for (const listener of listeners) listener()
}

export type Draft = {
  changes: readonly Change[]
  add: (change: Change) => void
  /** Takes back what was wished of a path. */
  remove: (path: string) => void
  clear: () => void
}

/** What has been gathered for one source of a system. */
export function useDraft(system: string, source: string): Draft {
  const key = `${system}/${source}`
  const changes = useSyncExternalStore(subscribe, () => drafts.get(key) ?? NONE)
  return {
    changes,
    add: (change) => keep(key, addChange(changes, change)),
    remove: (path) =>
      keep(
        key,
        changes.filter((change) => change.path !== path),
      ),
    clear: () => keep(key, NONE),
  }
}
