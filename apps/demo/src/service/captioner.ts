import { sleep, type Clock } from '../clock.ts'
import type { SimulatedDatabase } from '../simulated/simulated-database.ts'
import type { SimulatedUpstream } from '../simulated/simulated-upstream.ts'
import type { JobOutcome } from './job-queue.ts'
import type { Pool } from './pool.ts'
import type { Image } from './session-store.ts'

/** One image to caption. */
export type CaptionJob = { sessionId: string; image: Image }

export type CaptionerOptions = {
  redisPool: Pool
  databasePool: Pool
  database: SimulatedDatabase
  upstream: SimulatedUpstream
  clock: Clock
  isOpen: (sessionId: string) => boolean
}

const ATTEMPTS = 4

/**
 * The work of one queue worker. It keeps its Redis and database connections while it waits for the caption API,
 * as careless applications do: that is how a slow upstream empties a connection pool.
 */
export function createCaptioner(
  options: CaptionerOptions,
): (job: CaptionJob, signal: AbortSignal) => Promise<JobOutcome> {
  const { redisPool, databasePool, database, upstream, clock, isOpen } = options

  return async ({ sessionId, image }, signal) => {
    // Exported while it waited: there is nobody left to read the caption.
    if (!isOpen(sessionId)) return 'finished'
    using _lock = await redisPool.acquire(signal)
    using _connection = await databasePool.acquire(signal)
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const answer = await upstream.caption(signal)
      if (answer.kind === 'captioned') {
        await database.write(signal)
        image.state = { kind: 'captioned', caption: answer.caption }
        return 'finished'
      }
      await sleep(clock, answer.retryAfterMs, signal)
    }
    image.state = { kind: 'failed', reason: 'the caption API refused it too often' }
    return 'failed'
  }
}
