import type { JSX } from 'react'
import { usePlanned } from '../data/use-planned.ts'
import { useServerStep } from '../data/use-timeline.ts'
import { clockText } from '../ui/format-time.ts'
import { useZone } from '../ui/zone-context.ts'
import { plannedNow, tText } from './planned-now.ts'
import classes from './shell.module.css'

const STEP_MS = 10_000

/** The planned day that is on, or comes next, with the time on its own clock. */
export function PlannedMark(): JSX.Element | null {
  const now = useServerStep(STEP_MS)
  const zone = useZone()
  const { data } = usePlanned()
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
