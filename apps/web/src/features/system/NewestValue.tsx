import type { JSX } from 'react'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { isLost } from '../../data/connection.ts'
import { isStale } from '@headroom/shared/staleness.ts'
import { useConnection, useServerNow, useTimeline, useTimelineStore } from '../../data/use-timeline.ts'
import { ageText } from '../../ui/format-age.ts'
import { momentText } from '../../ui/format-time.ts'
import { Num } from '../../ui/Num.tsx'
import { useZone } from '../../ui/zone-context.ts'
import type { MetricGroup } from './metric-groups.ts'
import { worstValue } from './series-choice.ts'
import classes from './charts.module.css'

type Props = { group: MetricGroup; system: SystemView; seen: boolean; past: boolean }

/**
 * The newest value of a metric, and how old it is where it is not of now. Of several series the worst speaks. Beside a
 * picture of the `past` it says that it is of now.
 */
export function NewestValue({ group, system, seen, past }: Props): JSX.Element {
  const timeline = useTimelineStore()
  const newestAt = useTimeline((each) =>
    group.series.reduce((at, series) => Math.max(at, each.newest(series.id).lastAt ?? 0), 0),
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
  const age = useAge({ at: newestAt, gone: fresh === null, system, source: group.series[0]?.source ?? '', seen })
  return (
    <span className={classes.newest}>
      {group.series.length > 1 && <small>{group.series.length} series, worst</small>}
      {past && age === undefined && <small>now</small>}
      {age !== undefined && <small className={classes.staleWord}>{age}</small>}
      <span
        className={`${classes.newestValue} ${age === undefined ? '' : classes.newestStale}`}
        data-newest
        data-at={newestAt}
      >
        <Num value={value} unit={group.unit} />
      </span>
    </span>
  )
}

type Known = { at: number; gone: boolean; system: SystemView; source: string; seen: boolean }

/** How old a value is that is not of now, in words; undefined where it is of now. */
function useAge({ at, gone, system, source, seen }: Known): string | undefined {
  const now = useServerNow(seen)
  const zone = useZone()
  const lost = isLost(useConnection())
  const from = system.sources.find((each) => each.id === source)
  if (at === 0) return 'no value yet'
  if (lost) return `as of ${momentText(at, now, zone, true)}`
  if (!gone && (from === undefined || !isStale(at, from.everySeconds * 1000, from.lagSeconds * 1000, now)))
    return undefined
  return `stale ${ageText(now - at)}`
}
