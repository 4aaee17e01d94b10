import { useQuery } from '@tanstack/react-query'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { fetchAllFlags } from '../../data/http-client.ts'
import { usePreferences } from '../../data/preferences.ts'
import { queryKeys } from '../../data/query-keys.ts'
import { usePlanned } from '../../data/use-planned.ts'
import { useTimeline, useTimelineStore } from '../../data/use-timeline.ts'
import type { Item } from './item.ts'
import { pageItems, screenItems, settingItems, systemItems, viewItems } from './make-items.ts'
import type { Go } from './make-items.ts'

const FLAGS_FRESH_MS = 5 * 60_000

/** Everything that can be found now: systems with their charts and flags, screens, what can be done here, settings. */
export function useItems(): readonly Item[] {
  const navigate = useNavigate()
  const path = useLocation({ select: (location) => location.pathname })
  const timeline = useTimelineStore()
  const systems = useTimeline((each) => each.systems)
  // Those that come while it is open can be found too.
  const series = useTimeline((each) => each.systems.reduce((sum, { id }) => sum + each.seriesOf(id).length, 0))
  const chosen = usePreferences()
  const { data: flags } = useQuery({
    queryKey: queryKeys.allFlags(),
    queryFn: ({ signal }) => fetchAllFlags(signal),
    staleTime: FLAGS_FRESH_MS,
  })
  const { data: planned } = usePlanned()
  return useMemo(() => {
    const go: Go = { to: (options) => navigate(options), now: () => timeline.serverNow() }
    const found = systemItems(systems, (id) => timeline.seriesOf(id), flags ?? [], timeline.alerts, go)
    return [
      ...found.systems,
      ...screenItems(go),
      ...viewItems(path, planned ?? [], go),
      ...pageItems(go),
      ...settingItems(chosen),
      ...found.charts,
      ...found.flags,
    ]
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the series are read from the timeline
  }, [navigate, path, timeline, systems, series, chosen, flags, planned])
}
