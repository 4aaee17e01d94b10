import { useMemo, useState } from 'react'
import { useServerStep, useTimeline, useTimelineStore } from '../../data/use-timeline.ts'
import { nearnessOf } from './flag-distance.ts'
import { useFlags } from './flag-queries.ts'
import { flagGroups, flagRows, orderGroups } from './flag-rows.ts'
import type { FlagGroup } from './flag-rows.ts'
import type { Guide } from './guide.ts'
import { flagValue } from './use-flag-value.ts'

const REORDER_MS = 60_000

/** The flags of a system as conditions, with the occurrences that are open now. */
export function useFlagGroups(system: string): FlagGroup[] {
  const { flags } = useFlags(system)
  const alerts = useTimeline((timeline) => timeline.alerts)
  return useMemo(() => {
    const own = alerts.filter((alert) => alert.system === system && alert.state !== 'resolved')
    return flagGroups(flagRows(flags, own))
  }, [alerts, flags, system])
}

/** Firing and not merely worth knowing: what somebody has to do something about. */
export function needsSomebody(group: FlagGroup): boolean {
  return group.standing === 'firing' && group.lead.flag.severity !== 'info'
}

/**
 * The order of the list, which holds still under a reader: it follows what changes its standing at once, but values that
 * come nearer to their line only once a minute, and not while the list is in use.
 */
export function useSteadyOrder(groups: readonly FlagGroup[], guide: Guide, inUse: boolean): FlagGroup[] {
  const timeline = useTimelineStore()
  const step = useServerStep(REORDER_MS)
  const standings = groups.map((group) => `${group.key} ${group.standing} ${group.lead.flag.severity}`).join('\n')
  const [held, setHeld] = useState<{ standings: string; step: number; keys: string[] }>()
  let keys = held?.keys ?? []
  if (held === undefined || held.standings !== standings || (held.step !== step && !inUse)) {
    keys = orderGroups(groups, (row) => nearnessOf(row.flag, flagValue(row.flag, guide, timeline))).map(
      (group) => group.key,
    )
    setHeld({ standings, step, keys })
  }
  const place = new Map(keys.map((key, index) => [key, index]))
  return groups.toSorted((a, b) => (place.get(a.key) ?? 0) - (place.get(b.key) ?? 0))
}
