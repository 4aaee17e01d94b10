import { useEffect } from 'react'
import type { JSX } from 'react'
import { Chart } from '../../charts/Chart.tsx'
import { ChartLegend } from '../../charts/ChartLegend.tsx'
import { ChartTable } from '../../charts/ChartTable.tsx'
import { SeriesTable } from '../../charts/SeriesTable.tsx'
import { summaryText } from '../../charts/summary.ts'
import { useTimelineStore } from '../../data/use-timeline.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import type { Place } from '../../ui/use-place.ts'
import { alsoText } from './also-text.ts'
import { PlotProblem } from './PlotProblem.tsx'
import { seriesRows } from './series-rows.ts'
import { useMetricChart } from './use-metric-chart.ts'
import type { MetricChartProps, Shown } from './use-metric-chart.ts'
import classes from './charts.module.css'

const PLOT_HEIGHT = 150

type Props = MetricChartProps & {
  asTable: boolean
  place: Place
  /** Told what is shown now, for who copies it. */
  onShown: (shown: Shown | null) => void
}

/** The picture of a metric or its table, mounted only while it can be seen. */
export function MetricPlot({ asTable, place, onShown, ...props }: Props): JSX.Element {
  const { group } = props
  const timeline = useTimelineStore()
  const { input, also, extremes, hidden, value, answer, loading } = useMetricChart(props, asTable)
  useEffect(() => {
    onShown({ input, value })
    return () => onShown(null)
  }, [onShown, input, value])
  const problem = answer.isError ? <PlotProblem answer={answer} /> : null
  if (loading)
    return (
      <div className={classes.plotAlone} aria-busy={problem === null}>
        {problem ?? <Waiting />}
      </div>
    )
  const summary = summaryText(input, value, group.series.length)
  const empty = input.series.every((series) => series.points.length === 0)
  // Without its history an empty window says nothing: that is not the same as nothing recorded.
  if (empty && problem !== null && !asTable) return <div className={classes.plotAlone}>{problem}</div>
  return (
    <>
      {!asTable && <Chart chart={group.key} input={input} summary={summary} place={place} height={PLOT_HEIGHT} />}
      {asTable && hidden === 0 && <ChartTable input={input} more={also} />}
      {asTable && hidden > 0 && (
        <SeriesTable input={input} rows={seriesRows(group, extremes, (id) => timeline.newest(id).value)} />
      )}
      {!asTable && <ChartLegend input={input} />}
      <p className={classes.caption}>
        {problem ?? captionOf(summary, group.title)}
        {!asTable && hidden > 0 && ` · and ${hidden} more in the table`}
        {asTable && group.also.length > 0 && ` · ${alsoText(group.also, (id) => timeline.newest(id), group.unit)}`}
      </p>
    </>
  )
}

/** Where the picture will be; after a while in words, for a skeleton alone does not say that anything is still done. */
function Waiting(): JSX.Element {
  return (
    <>
      <Skeleton height={PLOT_HEIGHT} />
      <p className={`${classes.caption} ${classes.waiting}`}>Still waiting for the history…</p>
    </>
  )
}

/** The summary without its title and value, which stand above the picture already. */
function captionOf(summary: string, title: string): string {
  const rest = summary.slice(title.length).split(', ').slice(1).join(', ')
  return rest === '' ? ' ' : rest.charAt(0).toUpperCase() + rest.slice(1)
}
