import type { RangeSeries } from '@headroom/shared/model/series.ts'
import type { JSX } from 'react'
import { useNewest } from '../../data/use-timeline.ts'
import type { AlertSeries } from './alert-trends.ts'
import { Trend } from './Trend.tsx'
import classes from './overview.module.css'

type Props = AlertSeries & { history: RangeSeries | undefined; everyMs: number; spanMs: number }

/** The trend behind the worst flag, with its line: the picture of the sentence above it. */
export function AlertTrend({ alert, series, history, everyMs, spanMs }: Props): JSX.Element {
  const newest = useNewest(series.id)
  return (
    <div className={`${classes.alertTrend} ${newest?.value === null ? classes.stale : ''}`} data-alert={alert.flag}>
      <Trend
        series={series.id}
        history={history}
        everyMs={everyMs}
        spanMs={spanMs}
        line={series.unit === alert.unit ? alert.line : undefined}
        mark={alert.severity}
      />
    </div>
  )
}
