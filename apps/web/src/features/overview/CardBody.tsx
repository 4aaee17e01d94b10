import type { JSX } from 'react'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { RangeSeries } from '@headroom/shared/model/series.ts'
import type { SystemView } from '@headroom/shared/model/system.ts'
import type { Timeline } from '../../data/timeline.ts'
import { useServerStep, useTimelineStore } from '../../data/use-timeline.ts'
import { numberText } from '../../ui/format-number.ts'
import { AlertTrend } from './AlertTrend.tsx'
import { HeadroomRow } from './HeadroomRow.tsx'
import { limitWords } from './limit-words.ts'
import { useTrends } from './queries.ts'
import type { Trends } from './queries.ts'
import { trendSpanMs } from './trend-span.ts'
import { trendOf, useCardRows } from './use-card-rows.ts'
import classes from './overview.module.css'

const LOOK_AGAIN_MS = 5_000

/** What matters of a system: the trends behind its flags, then the resources that are closest to their limits. */
export function CardBody({ system, alerts }: { system: SystemView; alerts: readonly Alert[] }): JSX.Element {
  const timeline = useTimelineStore()
  const now = useServerStep(LOOK_AGAIN_MS)
  const { worst, rows, drawn } = useCardRows(system, alerts)
  const histories = useTrends(drawn)
  const spanMs = trendSpanMs(oldestOf(drawn, histories.series, timeline), now)
  const everyMs = (source: string | undefined): number =>
    (system.sources.find((each) => each.id === source)?.everySeconds ?? 10) * 1000
  const historyOf = (id: number | undefined): RangeSeries | undefined => histories.series.find((each) => each.id === id)
  return (
    <>
      {worst !== undefined && (
        <AlertTrend
          {...worst}
          history={historyOf(worst.series.id)}
          everyMs={everyMs(worst.series.source)}
          spanMs={spanMs}
        />
      )}
      <dl className={classes.rows}>
        {rows.map(({ row, series, mark }) => (
          <HeadroomRow
            key={row.resource}
            row={row}
            series={series}
            history={historyOf(trendOf({ series })?.id)}
            everyMs={everyMs(series[0]?.source)}
            spanMs={spanMs}
            mark={mark}
          />
        ))}
        {system.headroom.length === 0 && (
          <div className={classes.noRows}>
            <dt className="visually-hidden">Headroom</dt>
            <dd>No limit is known for this system yet.</dd>
          </div>
        )}
      </dl>
      {drawn.length > 0 && (
        <div className={classes.caption}>
          <span>{limitWords(rows.map(({ row }) => row))}</span>
          <TrendWords trends={histories} spanMs={spanMs} />
        </div>
      )}
    </>
  )
}

/** What the trends show; and where the past could not be read, that of this card alone is missing. */
function TrendWords({ trends, spanMs }: { trends: Trends; spanMs: number }): JSX.Element {
  if (trends.problem === undefined) return <span>last {numberText(spanMs / 1000, 'seconds')}</span>
  return (
    <span className={classes.trendProblem} title={trends.problem}>
      Earlier values could not be read.{' '}
      <button type="button" className={classes.again} onClick={trends.retry}>
        Try again
      </button>
    </span>
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
