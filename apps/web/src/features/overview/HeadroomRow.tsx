import type { JSX } from 'react'
import type { RangeSeries, SeriesView } from '@headroom/shared/model/series.ts'
import type { HeadroomView } from '@headroom/shared/model/system.ts'
import { headroomNow } from '../../data/headroom-now.ts'
import { useUsed } from '../../data/use-used.ts'
import type { Mark } from '../../ui/mark.ts'
import { Meter } from '../../ui/Meter.tsx'
import { Num } from '../../ui/Num.tsx'
import { UsedOf } from '../../ui/UsedOf.tsx'
import { hasOwnLimit } from './limit-words.ts'
import { testedWords } from './tested-words.ts'
import { trendOf } from './use-card-rows.ts'
import { Trend } from './Trend.tsx'
import classes from './overview.module.css'

type Props = {
  row: HeadroomView
  series: readonly SeriesView[]
  history: RangeSeries | undefined
  everyMs: number
  spanMs: number
  mark: Mark
}

/** One resource on a card: name, meter, small trend, used of limit, and what was tested. */
export function HeadroomRow({ row, series, history, everyMs, spanMs, mark }: Props): JSX.Element {
  const now = headroomNow(row, useUsed(row.unit, series))
  const trend = trendOf({ series })
  const limited = row.limit > 0
  return (
    <div className={`${classes.row} ${now.stale ? classes.stale : ''}`} data-row={row.resource} data-stale={now.stale}>
      <dt className={classes.rowName}>{row.title}</dt>
      <dd className={classes.rowValue}>
        {hasOwnLimit(row) ? (
          <UsedOf used={now.used} limit={row.limit} unit={row.unit} />
        ) : (
          <Num value={now.used} unit={row.unit} />
        )}
        {!limited && <span className={classes.lineWord}>limit is 0</span>}
      </dd>
      <dd className={classes.rowMeter}>
        {limited && (
          <Meter
            percent={now.percent}
            tick={row.tested === undefined ? undefined : (100 * row.tested) / row.limit}
            mark={mark}
          />
        )}
        {row.tested !== undefined && now.used !== null && (
          <span className={classes.tested}>{testedWords(now.used, row.tested, row.unit)}</span>
        )}
      </dd>
      <dd className={classes.rowTrend}>
        {trend !== undefined && (
          <Trend
            series={trend.id}
            history={history}
            everyMs={everyMs}
            spanMs={spanMs}
            top={row.unit === 'percent' ? 100 : undefined}
            mark={mark}
          />
        )}
      </dd>
    </div>
  )
}
