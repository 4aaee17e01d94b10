import { useState } from 'react'
import type { JSX } from 'react'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { RangeSeries } from '@headroom/shared/model/series.ts'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { headroomNow, seriesOfResource } from '../../data/headroom-now.ts'
import type { Timeline } from '../../data/timeline.ts'
import { useServerStep, useTimeline, useTimelineStore } from '../../data/use-timeline.ts'
import { numberText } from '../../ui/format-number.ts'
import type { Mark } from '../../ui/mark.ts'
import { alertTrends, saysTheSame } from './alert-trends.ts'
import { AlertTrend } from './AlertTrend.tsx'
import { HeadroomRow } from './HeadroomRow.tsx'
import { MOST_ROWS, pickRows } from './pick-rows.ts'
import { useFlagsOf, useTrends } from './queries.ts'
import { trendSpanMs } from './trend-span.ts'
import classes from './overview.module.css'

const MOST_ALERTS = 2
const LOOK_AGAIN_MS = 5_000

/** What matters of a system: the trends behind its flags, then the resources that are closest to their limits. */
export function CardBody({ system, alerts }: { system: SystemView; alerts: readonly Alert[] }): JSX.Element {
  const timeline = useTimelineStore()
  const series = useTimeline((each) => each.seriesOf(system.id))
  const now = useServerStep(LOOK_AGAIN_MS)
  const flags = useFlagsOf(
    system.id,
    alerts.some((alert) => alert.series === undefined),
  )
  const trends = alertTrends(alerts, series, flags, MOST_ALERTS)
  const others = system.headroom
    .filter((row) => !trends.some((trend) => saysTheSame(row, trend.series.metric)))
    .map((row) => ({ row, series: seriesOfResource(row, series) }))
  const picked = useHeld((before) =>
    pickRows(
      others.map(({ row, series: own }) => ({
        id: row.resource,
        title: row.title,
        percent: headroomNow(row, own === undefined ? undefined : timeline.newest(own.id)).percent,
      })),
      before,
      MOST_ROWS - trends.length + (trends.length > 0 ? 1 : 0),
    ),
  )
  const rows = picked.flatMap((id) => others.find(({ row }) => row.resource === id) ?? [])
  const wanted = [...trends, ...rows].flatMap((each) => (each.series === undefined ? [] : [each.series.id]))
  // In a fixed order, so that rows that change places ask for nothing anew.
  const histories = useTrends(
    wanted.toSorted((a, b) => a - b),
    true,
  )
  const spanMs = trendSpanMs(oldestOf(wanted, histories, timeline), now)
  const everyMs = (source: string | undefined): number =>
    (system.sources.find((each) => each.id === source)?.everySeconds ?? 10) * 1000
  const historyOf = (id: number | undefined): RangeSeries | undefined => histories.find((each) => each.id === id)
  const markOf = (id: number | undefined): Mark =>
    alerts.find((alert) => alert.series !== undefined && alert.series === id)?.severity ?? 'ok'
  return (
    <>
      <dl className={classes.rows}>
        {trends.map((trend) => (
          <AlertTrend
            key={trend.alert.id}
            {...trend}
            row={system.headroom.find((row) => row.metric === trend.series.metric)}
            history={historyOf(trend.series.id)}
            everyMs={everyMs(trend.series.source)}
            spanMs={spanMs}
          />
        ))}
        {rows.map(({ row, series: own }) => (
          <HeadroomRow
            key={row.resource}
            row={row}
            series={own}
            history={historyOf(own?.id)}
            everyMs={everyMs(own?.source)}
            spanMs={spanMs}
            mark={markOf(own?.id)}
          />
        ))}
        {rows.length === 0 && trends.length === 0 && (
          <div className={classes.noRows}>
            <dt className="visually-hidden">Headroom</dt>
            <dd>No limit is known for this system yet.</dd>
          </div>
        )}
      </dl>
      {wanted.length > 0 && <p className={classes.span}>Trends: last {numberText(spanMs / 1000, 'seconds')}</p>}
    </>
  )
}

/** When the oldest value that a trend could show was said. */
function oldestOf(
  series: readonly number[],
  histories: readonly RangeSeries[],
  timeline: Timeline,
): number | undefined {
  const times = series.flatMap((id) => {
    const history = histories.find((each) => each.id === id)
    const first = history?.t[history.last.findIndex((value) => value !== null)]
    return [first, timeline.samplesFrom(id)].filter((t) => t !== undefined)
  })
  return times.length === 0 ? undefined : Math.min(...times)
}

/** What was chosen last, as far as it still holds. */
function useHeld(choose: (before: readonly string[]) => string[]): readonly string[] {
  const [held, setHeld] = useState<readonly string[]>([])
  const next = choose(held)
  if (next.length === held.length && next.every((id, index) => id === held[index])) return held
  setHeld(next)
  return next
}
