import type { SystemView } from '@headroom/shared/model/system.ts'
import { isLost } from '../../data/connection.ts'
import { systemFreshness } from '../../data/freshness.ts'
import type { Freshness } from '../../data/freshness.ts'
import { useConnection, useServerNow, useTimelineStore } from '../../data/use-timeline.ts'
import { standingOf } from './standing.ts'
import type { Standing } from './standing.ts'

/** How a system stands now, how old that is, and the collector's time it was seen at. Renewed each second. */
export function useStanding(system: SystemView): { standing: Standing; fresh: Freshness; now: number } {
  const now = useServerNow()
  const timeline = useTimelineStore()
  const lost = isLost(useConnection())
  const fresh = systemFreshness(system, (source) => timeline.answeredAt(system.id, source), now)
  return { standing: standingOf(system, fresh, lost ? (timeline.heardAt ?? now) : undefined), fresh, now }
}
