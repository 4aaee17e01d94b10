import { useContext } from 'react'
import type { Clock } from './clock.ts'
import { WorldContext } from './use-timeline.ts'

/** The page's clock, for what has to wait. */
export function useClock(): Clock {
  const world = useContext(WorldContext)
  if (world === null) throw new Error('WorldContext is missing: wrap the page in Providers.')
  return world.clock
}

/** Is over after `ms`; rejects with the signal's reason if that is aborted before. */
export function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const cancel = clock.after(ms, resolve)
    signal.addEventListener(
      'abort',
      () => {
        cancel()
        reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'))
      },
      { once: true },
    )
  })
}
