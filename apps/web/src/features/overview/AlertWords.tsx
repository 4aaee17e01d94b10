import type { JSX } from 'react'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { HeadroomView, SystemView } from '@headroom/shared/model/system.ts'
import { isLost } from '../../data/connection.ts'
import { useConnection, useNewest, useTimeline } from '../../data/use-timeline.ts'
import { ageText } from '../../ui/format-age.ts'
import { momentText } from '../../ui/format-time.ts'
import { useZone } from '../../ui/zone-context.ts'
import { seriesOfAlert } from './alert-trends.ts'
import { conditionWords } from './condition-words.ts'
import { useFlagsOf } from './queries.ts'
import { useCardNow } from './use-card-now.ts'
import classes from './overview.module.css'

/** So many conditions are told in words; of the others, how many there are. */
const MOST_TOLD = 3

type Props = { system: SystemView; alerts: readonly Alert[]; seen: boolean }

/** The worst condition with its age, then the next ones, then how many more. */
export function AlertWords({ system, alerts, seen }: Props): JSX.Element | null {
  const [worst, ...others] = alerts
  if (worst === undefined) return null
  const more = alerts.length - MOST_TOLD
  return (
    <>
      <p className={classes.wrong}>
        <Condition alert={worst} headroom={system.headroom} seen={seen} />
      </p>
      <p className={classes.since}>
        <Since alert={worst} seen={seen} />
      </p>
      {others.slice(0, MOST_TOLD - 1).map((alert) => (
        <p key={alert.id} className={classes.also}>
          Also: <Condition alert={alert} headroom={system.headroom} seen={seen} />
        </p>
      ))}
      {more > 0 && <p className={classes.since}>And {more === 1 ? '1 more flag' : `${more} more flags`}</p>}
    </>
  )
}

type ConditionProps = { alert: Alert; headroom: readonly HeadroomView[]; seen: boolean }

/** What an alert says, with the value of now where one series decides. */
function Condition({ alert, headroom, seen }: ConditionProps): JSX.Element {
  const flags = useFlagsOf(alert.system, seen && alert.series === undefined)
  const series = useTimeline((timeline) => seriesOfAlert(alert, timeline.seriesOf(alert.system), flags))
  const newest = useNewest(series?.id)
  const row = headroom.find((each) => each.metric === series?.metric && each.unit === alert.unit)
  // What was heard before the connection broke is still the best that is known, but nothing of now.
  const lost = isLost(useConnection())
  // A growth an hour is of another unit than what grows: the value of now says nothing of the line.
  const value = series?.unit === alert.unit ? (newest?.value ?? undefined) : undefined
  return <>{conditionWords(alert, value === undefined ? undefined : { value, now: !lost }, row)}</>
}

function Since({ alert, seen }: { alert: Alert; seen: boolean }): JSX.Element {
  const now = useCardNow(seen)
  const zone = useZone()
  return (
    <>
      For {ageText(now - alert.since)}, since {momentText(alert.since, now, zone)}
      {alert.claim !== undefined && (
        <>
          {' · '}
          <bdi>{alert.claim.by}</bdi> has it
        </>
      )}
      {alert.silencedUntil !== undefined && alert.silencedUntil > now && (
        <> · silenced until {momentText(alert.silencedUntil, now, zone)}</>
      )}
    </>
  )
}
