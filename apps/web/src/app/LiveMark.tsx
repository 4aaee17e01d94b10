import type { JSX, ReactNode } from 'react'
import { isLost } from '../data/connection.ts'
import { newestIsLate } from '../data/freshness.ts'
import { useConnection, useServerNow, useTimelineStore } from '../data/use-timeline.ts'
import { ageText } from '../ui/format-age.ts'
import { momentText } from '../ui/format-time.ts'
import { useZone } from '../ui/zone-context.ts'
import classes from './shell.module.css'

/** How live all of it is: by the age of the newest value, not by the connection that would bring one. */
export function LiveMark(): JSX.Element {
  const connection = useConnection()
  const timeline = useTimelineStore()
  const now = useServerNow()
  const zone = useZone()
  const { dataAt, heardAt, systems } = timeline
  if (isLost(connection))
    return (
      <Mark state="lost">{heardAt === null ? 'not connected' : `as of ${momentText(heardAt, now, zone, true)}`}</Mark>
    )
  if (connection.kind !== 'live') return <Mark state="connecting">connecting</Mark>
  const by = connection.by === 'polling' ? <Polling /> : 'live'
  if (dataAt === null) return <Mark state="live">{by}</Mark>
  if (newestIsLate(systems, dataAt, now))
    return (
      <Mark state="late">
        <span className={classes.wideOnly}>connected, </span>newest value <Age ms={now - dataAt} />
      </Mark>
    )
  return (
    <Mark state="live">
      {by}, <Age ms={now - dataAt} />
    </Mark>
  )
}

type MarkProps = { state: 'live' | 'late' | 'lost' | 'connecting'; children: ReactNode }

function Mark({ state, children }: MarkProps): JSX.Element {
  return (
    <span className={classes.live} data-connection={state}>
      <span className={state === 'live' ? classes.liveDot : classes.liveLost} aria-hidden="true" />
      <span>{children}</span>
    </span>
  )
}

function Age({ ms }: { ms: number }): JSX.Element {
  return (
    <>
      <span className={classes.liveAge}>{ageText(ms, true)}</span>
      <span className={classes.wideOnly}> old</span>
    </>
  )
}

function Polling(): JSX.Element {
  return (
    <>
      <span className={classes.wideOnly}>live by </span>polling
    </>
  )
}
