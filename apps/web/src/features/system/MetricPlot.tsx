import { useMemo } from 'react'
import type { JSX } from 'react'
import { Chart } from '../../charts/Chart.tsx'
import type { ChartInput } from '../../charts/chart-model.ts'
import { ChartLegend } from '../../charts/ChartLegend.tsx'
import { ChartTable } from '../../charts/ChartTable.tsx'
import { summaryText } from '../../charts/summary.ts'
import { useTimeline, useTimelineStore } from '../../data/use-timeline.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import type { SeriesView } from '@headroom/shared/model/series.ts'
import { alsoText } from './also-text.ts'
import { chartLimit, chartLines, crossings } from './chart-lines.ts'
import { chartSeries } from './chart-series.ts'
import type { MetricCardProps } from './MetricCard.tsx'
import { useRange } from './queries.ts'
import { chooseSeries, worstValue } from './series-choice.ts'
import { useWindow } from './use-window.ts'
import classes from './charts.module.css'

export const PLOT_HEIGHT = 150

/** The picture of a metric, mounted only while it can be seen. */
export function MetricPlot({
  group,
  system,
  view,
  flags,
  alerts,
  asTable,
}: MetricCardProps & { asTable: boolean }): JSX.Element {
  const timeline = useTimelineStore()
  const window = useWindow(view)
  const { from, to } = window
  // What other sources say of the same is only in the table, so it is only fetched for it.
  const also = asTable ? group.also : NONE
  const all = useMemo(() => [...group.series, ...also], [group, also])
  const newestAt = useTimeline((each) => Math.max(0, ...all.map((series) => each.newest(series.id).at ?? 0)))
  const answer = useRange(
    all.map((series) => series.id),
    view,
  )
  const { input, more, hidden, value } = useMemo(() => {
    const withValues = group.series.map((series) => ({ series, value: timeline.newest(series.id).value }))
    const choice = chooseSeries(group.metric, withValues)
    const live = view.kind === 'live'
    const build = { history: answer.data, view, from, to, system, timeline, all, newestAt }
    const made: ChartInput = {
      title: group.title,
      unit: group.unit,
      from,
      to,
      series: chartSeries(
        choice.shown.map((each) => each.series),
        build,
      ),
      lines: chartLines(group.metric, flags, system.headroom),
      limit: chartLimit(group.metric, system.headroom),
      crossings: crossings(group.metric, flags, alerts),
    }
    return {
      input: made,
      more: chartSeries([...choice.more.map((each) => each.series), ...also], build),
      hidden: choice.more.length,
      value: worstValue(
        group.metric,
        live ? withValues.map((each) => each.value) : made.series.map((series) => series.points.at(-1)?.last ?? null),
      ),
    }
  }, [group, all, also, answer.data, view, from, to, newestAt, system, timeline, flags, alerts])
  const summary = summaryText(input, value, group.series.length)
  if (answer.isPending)
    return (
      <div style={{ height: PLOT_HEIGHT + 20 }}>
        <Skeleton height={PLOT_HEIGHT} />
      </div>
    )
  return (
    <>
      {asTable ? (
        <ChartTable input={input} more={more} />
      ) : (
        <Chart chart={group.metric} input={input} summary={summary} height={PLOT_HEIGHT} />
      )}
      {!asTable && <ChartLegend input={input} />}
      <p className={classes.caption}>
        {answer.isError ? `The history could not be had: ${answer.error.message}` : captionOf(summary, group.title)}
        {hidden > 0 && ` · and ${hidden} more in the table`}
        {asTable && also.length > 0 && ` · ${alsoText(also, (id) => timeline.newest(id), group.unit)}`}
      </p>
    </>
  )
}

const NONE: readonly SeriesView[] = []

/** The summary without its title and value, which stand above the picture already. */
function captionOf(summary: string, title: string): string {
  const rest = summary.slice(title.length).split(', ').slice(1).join(', ')
  return rest === '' ? ' ' : rest.charAt(0).toUpperCase() + rest.slice(1)
}
