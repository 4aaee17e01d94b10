import { useSyncExternalStore } from 'react'

/** What somebody opened or closed, by name; it stays so while the page is looked at, whatever is drawn anew. */
const chosen = new Map<string, boolean>()
const listeners = new Set<() => void>()
const MOST = 2_000

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function choose(name: string, open: boolean): void {
  chosen.delete(name)
  chosen.set(name, open)
  const oldest = chosen.keys().next()
  if (chosen.size > MOST && oldest.done !== true) chosen.delete(oldest.value)
  for (const listener of listeners) listener()
}

/** Whether what has this name is open: as it was chosen, else by default. */
export function useOpened(name: string, byDefault: boolean): [opened: boolean, choose: (open: boolean) => void] {
  const opened = useSyncExternalStore(subscribe, () => chosen.get(name)) ?? byDefault
  return [opened, (open) => choose(name, open)]
}
