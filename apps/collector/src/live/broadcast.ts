import type { Clock } from '../lib/clock.ts'
import type { LiveLimits } from './limits.ts'
import type { Session } from './session.ts'

export type BroadcastParts = {
  clock: Clock
  limits: Pick<LiveLimits, 'sliceMs' | 'sliceSockets'>
  sessions: Iterable<Session>
  advance: (session: Session) => void
  /** Everybody has been visited, and nothing new came meanwhile. */
  done: () => void
}

/**
 * Visits all clients in slices, so that a broadcast to thousands does not hold up the scrapes. What is published
 * meanwhile is taken along by the visits still to come, and starts one more round; a client's frames stay in order
 * because each visit goes on from that client's own place.
 */
export function createBroadcast({ clock, limits, sessions, advance, done }: BroadcastParts): () => void {
  let round: Iterator<Session> | null = null
  let again = false
  const slice = (): void => {
    const until = clock.monotonic() + limits.sliceMs
    for (let visited = 0; round !== null; visited++) {
      if (visited >= limits.sliceSockets || clock.monotonic() >= until) return void setImmediate(slice)
      const next = round.next()
      if (next.done !== true) advance(next.value)
      else if (again) {
        again = false
        round = sessions[Symbol.iterator]()
      } else {
        round = null
        done()
      }
    }
  }
  return () => {
    if (round !== null) {
      again = true
      return
    }
    round = sessions[Symbol.iterator]()
    slice()
  }
}
