import { catalogued } from '@headroom/shared/metrics.ts'
import type { RangeSeries } from '@headroom/shared/model/series.ts'
import type { HeadroomView } from '@headroom/shared/model/system.ts'
import type { JSX } from 'react'
import { useNewest } from '../../data/use-timeline.ts'
import { numberText } from '../../ui/format-number.ts'
import { Num } from '../../ui/Num.tsx'
import { UsedOf } from '../../ui/UsedOf.tsx'
import type { AlertSeries } from './alert-trends.ts'
import { Trend } from './Trend.tsx'
import classes from './overview.module.css'

type Props = AlertSeries & {
  /** The resource it is about, where it has a limit in the same unit. */
  row: HeadroomView | undefined
  history: RangeSeries | undefined
  everyMs: number
  spanMs: number
}

/** The trend behind a firing flag, with its line. */
export function AlertTrend({ alert, series, row, history, everyMs, spanMs }: Props): JSX.Element {
  const newest = useNewest(series.id)
  const value = newest?.value ?? newest?.last ?? null
  return (
    <div className={`${classes.row} ${classes.alertRow} ${newest?.value === null ? classes.stale : ''}`}>
      <dt className={classes.rowName}>{catalogued(series.metric)?.title ?? series.metric}</dt>
      <dd className={classes.rowValue}>
        {row === undefined || row.unit === 'percent' ? (
          <Num value={value} unit={series.unit} />
        ) : (
          <UsedOf used={value} limit={row.limit} unit={row.unit} />
        )}
        <span className={classes.lineWord}>line {numberText(alert.line, alert.unit)}</span>
      </dd>
      <dd className={classes.rowWide}>
        <Trend
          series={series.id}
          history={history}
          everyMs={everyMs}
          spanMs={spanMs}
          line={alert.line}
          mark={alert.severity}
        />
      </dd>
    </div>
  )
}
