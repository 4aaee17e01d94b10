import type { JSX } from 'react'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { RangeSeries } from '@headroom/shared/model/series.ts'
import { useNewest } from '../../data/use-timeline.ts'
import { UsedOf } from '../../ui/UsedOf.tsx'
import { Trend } from './Trend.tsx'
import classes from './overview.module.css'

/** The trend behind the worst flag, with its line. */
export function AlertTrend({
  alert,
  series,
  history,
  everyMs,
}: {
  alert: Alert
  series: number
  history: RangeSeries | undefined
  everyMs: number
}): JSX.Element {
  const newest = useNewest(series)
  return (
    <div className={`${classes.row} ${newest?.value === null ? classes.stale : ''}`}>
      <dt className={classes.rowName}>{alert.title}</dt>
      <dd className={classes.rowValue}>
        <UsedOf used={newest?.value ?? newest?.last ?? null} limit={alert.line} unit={alert.unit} word="line" />
      </dd>
      <dd className={classes.rowWide}>
        <Trend series={series} history={history} everyMs={everyMs} line={alert.line} mark={alert.severity} />
      </dd>
    </div>
  )
}
