import { type Clock, sleep } from './lib/clock.ts'
import type { Store } from './store/types.ts'
import type { Logger } from './telemetry/logger.ts'

const EVERY_MS = 10 * 60_000

/** Forgets what is older than the configuration wants to keep, every ten minutes until the signal. */
export async function keepRetention(options: {
  store: Store
  policy: () => { retainMs: number; maxBytes: number }
  clock: Clock
  log: Logger
  signal: AbortSignal
}): Promise<void> {
  const { store, policy, clock, log, signal } = options
  while (!signal.aborted) {
    try {
      await sleep(clock, EVERY_MS, signal)
      const { retainMs, maxBytes } = policy()
      const gone = await store.retain({ before: clock.now() - retainMs, maxBytes, pinned: [] }, signal)
      if (gone > 0) log.log('info', 'forgot old samples', { samples: gone })
    } catch (error) {
      if (signal.aborted) return
      log.log('error', `retention failed: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
}
