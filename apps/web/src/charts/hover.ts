import { createContext, useContext, useSyncExternalStore } from 'react'

/** The one moment that is pointed at, shared by all charts of a page; `chart` is where the pointer is. */
export type HoverPoint = { t: number; chart: string } | null
export type Hover = {
  get: () => HoverPoint
  set: (point: HoverPoint) => void
  subscribe: (listener: () => void) => () => void
}

export function createHover(): Hover {
  const listeners = new Set<() => void>()
  let point: HoverPoint = null
  return {
    get: () => point,
    set(next) {
      point = next
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

const none = createHover()
export const HoverContext = createContext<Hover>(none)

export function useHover(): HoverPoint {
  const hover = useContext(HoverContext)
  return useSyncExternalStore(hover.subscribe, hover.get)
}
