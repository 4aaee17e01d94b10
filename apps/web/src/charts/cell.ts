import { useSyncExternalStore } from 'react'

/** One value that several parts of a page share; who reads it hears of every change. */
export type Cell<T> = {
  get: () => T
  set: (next: T) => void
  subscribe: (listener: () => void) => () => void
}

export function createCell<T>(first: T): Cell<T> {
  const listeners = new Set<() => void>()
  let held = first
  return {
    get: () => held,
    set(next) {
      if (next === held) return
      held = next
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Reads a cell, or a part of it; the part must be the same object until it changes. */
export function useCell<T, P = T>(cell: Cell<T>, part: (held: T) => P): P {
  return useSyncExternalStore(cell.subscribe, () => part(cell.get()))
}
