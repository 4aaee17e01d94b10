import { isLost } from '../../data/connection.ts'
import { useConnection, useServerNow, useServerStep, useTimelineStore } from '../../data/use-timeline.ts'

const UNSEEN_STEP_MS = 10_000

/**
 * The collector's time for the words of a card: each second while it is seen, else every ten, for who finds it by
 * searching the page or hears it read. Without a connection it stands still: all of it is of the last moment heard.
 */
export function useCardNow(seen: boolean): number {
  const now = useServerNow(seen)
  useServerStep(seen ? Number.MAX_SAFE_INTEGER : UNSEEN_STEP_MS)
  const heard = useTimelineStore().heardAt
  return isLost(useConnection()) && heard !== null ? heard : now
}
