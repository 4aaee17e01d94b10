import type { JSX } from 'react'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { SeriesView } from '@headroom/shared/model/series.ts'
import type { HeadroomView, SystemView } from '@headroom/shared/model/system.ts'
import { headroomNow, seriesOfResource } from '../../data/headroom-now.ts'
import { useNewest, useTimeline } from '../../data/use-timeline.ts'
import { numberText } from '../../ui/format-number.ts'
import { Meter } from '../../ui/Meter.tsx'
import type { Mark } from '../../ui/mark.ts'
import { Num } from '../../ui/Num.tsx'
import { UsedOf } from '../../ui/UsedOf.tsx'
import classes from './system.module.css'

const FROM = {
  config: 'set in the configuration',
  reported: 'reported by the system',
  preset: 'from the document',
} as const

/** How much of each resource is used, of what limit, and who says so. */
export function HeadroomPanel({ system }: { system: SystemView }): JSX.Element {
  const series = useTimeline((timeline) => timeline.seriesOf(system.id))
  return (
    <section className={classes.panel} aria-labelledby="headroom-title">
      <h2 id="headroom-title">Headroom</h2>
      {system.headroom.length === 0 && (
        <p className={classes.quiet}>
          No limit is known yet. Give one under <code>limits:</code> in the configuration, or let the system report it.
        </p>
      )}
      <ul className={classes.bars}>
        {system.headroom.map((row) => (
          <Bar key={row.resource} row={row} series={seriesOfResource(row, series)} />
        ))}
      </ul>
    </section>
  )
}

/** A bar takes colour only from a flag that fires on it. */
function markOf(alerts: readonly Alert[], series: SeriesView | undefined): Mark {
  const firing = alerts.filter(
    (alert) => alert.state === 'firing' && alert.series !== undefined && alert.series === series?.id,
  )
  return (
    firing.find((alert) => alert.severity === 'critical')?.severity ??
    firing.find((alert) => alert.severity === 'warning')?.severity ??
    'ok'
  )
}

function Bar({ row, series }: { row: HeadroomView; series: SeriesView | undefined }): JSX.Element {
  const newest = useNewest(series?.id)
  const now = headroomNow(row, newest)
  const mark = useTimeline((timeline) => markOf(timeline.alerts, series))
  const left = now.used === null ? null : row.limit - now.used
  return (
    <li className={now.stale ? classes.staleBar : ''}>
      <div className={classes.barHead}>
        <span>{row.title}</span>
        <span>
          <b>
            {row.unit === 'percent' ? (
              <Num value={now.used} unit={row.unit} />
            ) : (
              <UsedOf used={now.used} limit={row.limit} unit={row.unit} />
            )}
          </b>
        </span>
      </div>
      <Meter
        percent={now.percent}
        tick={row.tested === undefined ? undefined : (100 * row.tested) / row.limit}
        mark={mark}
      />
      <p className={classes.quiet}>
        {left === null
          ? 'not known now'
          : left >= 0
            ? `${numberText(left, row.unit)} left`
            : `${numberText(-left, row.unit)} over`}
        {row.unit !== 'percent' && `, limit ${FROM[row.limitFrom]}`}
        {row.tested !== undefined && `, tested to ${numberText(row.tested, row.unit)}`}
        {now.stale && ', stale'}
      </p>
    </li>
  )
}
