import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Clock } from './clock.ts'
import type { Connection } from './connection.ts'
import type { Live } from './live.ts'
import type { Newest, Timeline } from './timeline.ts'

type World = { live: Live; clock: Clock; ticker: Ticker }

/** Tells its listeners once a second: the one heartbeat behind every age on the page. */
export type Ticker = { subscribe: (listener: () => void) => () => void; second: () => number }

export function createTicker(clock: Clock): Ticker {
  const listeners = new Set<() => void>()
  let second = Math.floor(clock.now() / 1000)
  let cancel: (() => void) | undefined
  const beat = (): void => {
    second = Math.floor(clock.now() / 1000)
    for (const listener of listeners) listener()
    cancel = clock.after(1000 - (clock.now() % 1000), beat)
  }
  return {
    second: () => second,
    subscribe(listener) {
      if (listeners.size === 0) cancel = clock.after(1000 - (clock.now() % 1000), beat)
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) cancel?.()
      }
    },
  }
}

export const WorldContext = createContext<World | null>(null)

function useWorld(): World {
  const world = useContext(WorldContext)
  if (world === null) throw new Error('WorldContext is missing: wrap the page in Providers.')
  return world
}

export function useTimelineStore(): Timeline {
  return useWorld().live.timeline
}

export function useRetryNow(): () => void {
  return useWorld().live.retryNow
}

/** Reads from the timeline. `select` must give the same object until what it reads changes. */
export function useTimeline<T>(select: (timeline: Timeline) => T): T {
  const timeline = useTimelineStore()
  return useSyncExternalStore(timeline.subscribe, () => select(timeline))
}

export function useConnection(): Connection {
  return useTimeline((timeline) => timeline.connection)
}

export function useNewest(series: number | undefined): Newest | undefined {
  return useTimeline((timeline) => (series === undefined ? undefined : timeline.newest(series)))
}

/**
 * The collector's time, renewed once a second. Renders its reader each second: use it low in the tree, and only
 * while it is `seen`.
 */
export function useServerNow(seen = true): number {
  const { ticker, live } = useWorld()
  useSyncExternalStore(seen ? ticker.subscribe : neverTold, ticker.second)
  return live.timeline.serverNow()
}

const neverTold = (): (() => void) => () => undefined

/** The browser's own time, renewed once a second; for countdowns only. */
export function useLocalNow(): number {
  const { ticker, clock } = useWorld()
  useSyncExternalStore(ticker.subscribe, ticker.second)
  return clock.now()
}

/** The collector's time in steps of `stepMs`: renders only when a step is passed. */
export function useServerStep(stepMs: number): number {
  const { ticker, live } = useWorld()
  return useSyncExternalStore(ticker.subscribe, () => Math.floor(live.timeline.serverNow() / stepMs) * stepMs)
}
