import type { JSX } from 'react'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { systemFreshness } from '../../data/freshness.ts'
import { isLost } from '../../data/connection.ts'
import { useConnection, useNewest, useServerNow, useTimeline, useTimelineStore } from '../../data/use-timeline.ts'
import { ageText } from '../../ui/format-age.ts'
import { numberText } from '../../ui/format-number.ts'
import { clockText, momentText } from '../../ui/format-time.ts'
import { useZone } from '../../ui/zone-context.ts'
import { seriesOfAlert } from './alert-trends.ts'
import { useFlagsOf } from './queries.ts'
import classes from './overview.module.css'

/** What is wrong, or that nothing is, in words; and how old the knowledge is. */
export function CardWords({
  system,
  alerts,
  seen,
}: {
  system: SystemView
  alerts: readonly Alert[]
  seen: boolean
}): JSX.Element {
  const now = useServerNow(seen)
  const zone = useZone()
  const timeline = useTimelineStore()
  const fresh = systemFreshness(system, (source) => timeline.answeredAt(system.id, source), now)
  const problem = system.sources.find((source) => source.state === 'failing')?.error
  const worst = alerts[0]
  return (
    <div className={classes.words}>
      {worst !== undefined && (
        <p className={classes.wrong}>
          <Wrong alert={worst} seen={seen} />
        </p>
      )}
      {worst !== undefined && (
        <p className={classes.since}>
          since {ageText(now - worst.since)}
          {alerts.length > 1 && `, and ${alerts.length - 1} more`}
        </p>
      )}
      {system.state === 'unknown' && fresh.kind === 'stale' && (
        <p className={classes.wrong}>
          No answer for {ageText(now - fresh.at)}, last ok {momentText(fresh.at, now, zone)}
        </p>
      )}
      {system.state === 'unknown' && (fresh.kind === 'never' || fresh.kind === 'pending') && (
        <p className={classes.wrong}>
          {fresh.kind === 'never' ? 'It has not answered yet' : 'Waiting for its first answer'}
        </p>
      )}
      {(system.state === 'unknown' || system.down) && problem !== undefined && (
        <p className={classes.since}>{problem.message}</p>
      )}
      {worst === undefined && system.state === 'ok' && (
        <p className={classes.since}>
          {system.band === undefined ? 'Nothing is flagged' : `Nothing is flagged, ${system.band}`}
        </p>
      )}
    </div>
  )
}

/** `Job queue: 61 now, line is 50`, with the value of now where one series decides; a yes or no needs no numbers. */
function Wrong({ alert, seen }: { alert: Alert; seen: boolean }): JSX.Element {
  const flags = useFlagsOf(alert.system, seen && alert.series === undefined)
  const series = useTimeline((timeline) => seriesOfAlert(alert, timeline.seriesOf(alert.system), flags))
  const newest = useNewest(series?.id)
  const now = newest?.value ?? undefined
  if (alert.unit === 'bool') return <>{alert.title}</>
  return (
    <>
      {alert.title}: {now === undefined ? numberText(alert.value, alert.unit) : `${numberText(now, alert.unit)} now`},
      line is {numberText(alert.line, alert.unit)}
    </>
  )
}

/** The age of a system's data; while nothing comes, the moment that all of it is from. */
export function CardAge({ system, seen }: { system: SystemView; seen: boolean }): JSX.Element {
  const now = useServerNow(seen)
  const zone = useZone()
  const timeline = useTimelineStore()
  const connection = useConnection()
  const fresh = systemFreshness(system, (source) => timeline.answeredAt(system.id, source), now)
  if (isLost(connection))
    return <span className={classes.age}>as of {clockText(timeline.heardAt ?? now, zone, true)}</span>
  switch (fresh.kind) {
    case 'fresh':
      return <span className={classes.age}>{ageText(now - fresh.at)} old</span>
    case 'stale':
      return <span className={`${classes.age} ${classes.ageStale}`}>stale {ageText(now - fresh.at)}</span>
    case 'never':
      return <span className={`${classes.age} ${classes.ageStale}`}>no data yet</span>
    case 'pending':
      return <span className={classes.age}>starting</span>
  }
}
