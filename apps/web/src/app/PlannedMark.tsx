import { useQuery } from '@tanstack/react-query'
import type { JSX } from 'react'
import { fetchPlanned } from '../data/http-client.ts'
import { queryKeys } from '../data/query-keys.ts'
import { useServerStep } from '../data/use-timeline.ts'
import { clockText } from '../ui/format-time.ts'
import { useZone } from '../ui/zone-context.ts'
import { plannedNow, tText } from './planned-now.ts'
import classes from './shell.module.css'

const AGAIN_MS = 5 * 60_000
const STEP_MS = 10_000

/** The planned day that is on, or comes next, with the time on its own clock. */
export function PlannedMark(): JSX.Element | null {
  const now = useServerStep(STEP_MS)
  const zone = useZone()
  const { data } = useQuery({
    queryKey: queryKeys.planned(),
    queryFn: ({ signal }) => fetchPlanned(signal),
    staleTime: AGAIN_MS,
    refetchInterval: AGAIN_MS,
    retry: false,
  })
  const planned = plannedNow(data ?? [], now)
  if (planned === undefined) return null
  const { event, atMs } = planned
  const words = atMs < 0 ? `starts ${clockText(event.startAt, zone)}` : `until ${clockText(event.endAt, zone)}`
  return (
    <p className={classes.planned} title={`${event.name}, ${words}`} data-planned={event.id}>
      <span className={classes.plannedName}>{event.name}</span>
      <span>
        {atMs < 0 ? words : clockText(now, zone)} <b>({tText(atMs)})</b>
      </span>
    </p>
  )
}
