import type { JSX } from 'react'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { isLost } from '../../data/connection.ts'
import { isStale } from '@headroom/shared/staleness.ts'
import { useConnection, useServerNow, useTimeline, useTimelineStore } from '../../data/use-timeline.ts'
import { ageText } from '../../ui/format-age.ts'
import { clockText } from '../../ui/format-time.ts'
import { Num } from '../../ui/Num.tsx'
import { useZone } from '../../ui/zone-context.ts'
import type { MetricGroup } from './metric-groups.ts'
import { worstValue } from './series-choice.ts'
import classes from './charts.module.css'

/** The newest value of a metric, and how old it is where it is not of now. Of several series the worst speaks. */
export function NewestValue({ group, system }: { group: MetricGroup; system: SystemView }): JSX.Element {
  const timeline = useTimelineStore()
  const newestAt = useTimeline((each) =>
    Math.max(0, ...group.series.map((series) => each.newest(series.id).lastAt ?? 0)),
  )
  const all = group.series.map((series) => timeline.newest(series.id))
  const fresh = worstValue(
    group.metric,
    all.map((each) => each.value),
  )
  const value =
    fresh ??
    worstValue(
      group.metric,
      all.map((each) => each.last),
    )
  const several = group.series.length > 1
  return (
    <span className={classes.newest}>
      {several && <small>{group.series.length} series, worst</small>}
      <Staleness at={newestAt} gone={fresh === null} system={system} source={group.series[0]?.source ?? ''} />
      <span
        className={`${classes.newestValue} ${fresh === null ? classes.newestStale : ''}`}
        data-newest
        data-at={newestAt}
      >
        <Num value={value} unit={group.unit} />
      </span>
    </span>
  )
}

function Staleness({
  at,
  gone,
  system,
  source,
}: {
  at: number
  gone: boolean
  system: SystemView
  source: string
}): JSX.Element | null {
  const now = useServerNow()
  const zone = useZone()
  const lost = isLost(useConnection())
  const from = system.sources.find((each) => each.id === source)
  if (at === 0) return <small className={classes.staleWord}>no value yet</small>
  if (lost) return <small className={classes.staleWord}>as of {clockText(at, zone, true)}</small>
  if (!gone && (from === undefined || !isStale(at, from.everySeconds * 1000, from.lagSeconds * 1000, now))) return null
  return <small className={classes.staleWord}>stale {ageText(now - at)}</small>
}
