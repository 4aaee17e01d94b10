import { QueryCache, QueryClient, onlineManager } from '@tanstack/react-query'
import type { Clock } from '../data/clock.ts'
import { HttpProblem } from '../data/http-problem.ts'
import type { Live } from '../data/live.ts'

const RETRIES = 2
/** A question that failed is asked again this often while somebody looks. */
const AGAIN_MS = 15_000

/** The cache of answers, which knows from the live connection when asking makes sense. */
export function createQueries(live: Live, clock: Clock): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof HttpProblem && error.status === 401) live.refuse(error.message)
      },
    }),
    defaultOptions: {
      queries: {
        retry: (count, error) => count < RETRIES && error instanceof HttpProblem && error.retryable,
        refetchInterval: (query) => (query.state.status === 'error' ? AGAIN_MS : false),
        // What has just failed says so, and not that it is waited for, when it comes into sight again.
        retryOnMount: (query) => clock.now() - query.state.errorUpdatedAt > AGAIN_MS,
        refetchOnWindowFocus: false,
      },
    },
  })
}

/**
 * Keeps the answers in step with the connection: nothing is asked by whoever is let in no more, what failed is asked
 * again when the connection is back, and everything when another collector or configuration answers.
 */
export function keepInStep(queries: QueryClient, { timeline }: Live): () => void {
  let { edition } = timeline
  let { kind } = timeline.connection
  // The browser's own word for being online is about the wrong network: a collector on this machine needs none.
  onlineManager.setEventListener((setOnline) =>
    timeline.subscribe(() => setOnline(timeline.connection.kind !== 'ended')),
  )
  return timeline.subscribe(() => {
    const before = { edition, kind }
    edition = timeline.edition
    kind = timeline.connection.kind
    if (edition !== before.edition) void queries.invalidateQueries()
    else if (kind === 'live' && before.kind !== 'live')
      void queries.refetchQueries({ predicate: (query) => query.state.status === 'error', type: 'active' })
  })
}
