import { useMemo } from 'react'
import type { UseQueryResult } from '@tanstack/react-query'
import type { Range } from '@headroom/shared/contracts.ts'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { FlagView } from '@headroom/shared/model/flag.ts'
import type { SeriesView } from '@headroom/shared/model/series.ts'
import type { SystemView } from '@headroom/shared/model/system.ts'
import type { ChartInput, ChartSeries } from '../../charts/chart-model.ts'
import { useServerStep, useTimeline, useTimelineStore } from '../../data/use-timeline.ts'
import { chartLimit, chartLines, crossings } from './chart-lines.ts'
import { chartSeries } from './chart-series.ts'
import type { MetricGroup } from './metric-groups.ts'
import { useExtremes, useRange } from './queries.ts'
import { firstQuestion } from './first-question.ts'
import { chooseSeries, worseEnd, worstValue } from './series-choice.ts'
import { useWindow } from './use-window.ts'
import { isGrowing } from './view.ts'
import type { View } from './view.ts'

export type MetricChartProps = {
  group: MetricGroup
  system: SystemView
  view: View
  flags: readonly FlagView[]
  alerts: readonly Alert[]
}

/** What can be taken along of a chart. */
export type Shown = { input: ChartInput; value: number | null }

type MetricChart = {
  input: ChartInput
  /** What the table has beside the picture's lines: what other sources say of the same. */
  also: ChartSeries[]
  /** Of more series than a picture holds: what each was over the window. */
  extremes: Range['series']
  /** So many series are not in the picture. */
  hidden: number
  /** The value that speaks for all: of now, or of the window's end. */
  value: number | null
  answer: UseQueryResult<Range>
  /** Nothing can be drawn yet. */
  loading: boolean
}

/** What other sources say of the same is only in the table, so it is only fetched for it. */
export function useMetricChart(props: MetricChartProps, withAlso: boolean): MetricChart {
  const { group, system, view, flags, alerts } = props
  const timeline = useTimelineStore()
  const { from, to, origin } = useWindow(view)
  const growing = isGrowing(view, timeline.serverNow())
  const { chosen, extremes } = useChosen(group, view, growing)
  const also = withAlso ? group.also : NONE
  const asked = useMemo(() => [...(chosen ?? NONE), ...also], [chosen, also])
  const answer = useRange(
    useMemo(() => asked.map((series) => series.id), [asked]),
    view,
  )
  const newestAt = useTimeline((each) =>
    growing ? asked.reduce((at, series) => Math.max(at, each.newest(series.id).at ?? 0), 0) : 0,
  )
  const marks = useMemo(
    () =>
      // Lines are in the metric's own unit.
      group.key === group.metric
        ? {
            lines: chartLines(group.metric, flags, system.headroom),
            limit: chartLimit(group.metric, system.headroom),
            crossings: crossings(group.metric, flags, alerts),
          }
        : { lines: [], crossings: [] },
    [group, flags, system, alerts],
  )
  const drawn = useMemo(() => {
    const all = [...group.series, ...also]
    const build = { history: answer.data, view, from, to, system, timeline, all, newestAt }
    return { series: chartSeries(chosen ?? NONE, build), also: chartSeries(also, build) }
  }, [group, chosen, also, answer.data, view, from, to, newestAt, system, timeline])
  const input = useMemo(
    (): ChartInput => ({ title: group.title, unit: group.unit, from, to, origin, series: drawn.series, ...marks }),
    [group, from, to, origin, drawn, marks],
  )
  const values =
    view.kind === 'live'
      ? group.series.map((series) => timeline.newest(series.id).value)
      : drawn.series.map((series) => series.points.at(-1)?.last ?? null)
  const empty = drawn.series.every((series) => series.points.length === 0)
  return {
    input,
    also: drawn.also,
    extremes,
    hidden: chosen === undefined ? 0 : group.series.length - chosen.length,
    value: worstValue(group.metric, values),
    answer,
    // What is held of another window says nothing about this one.
    loading: chosen === undefined || answer.isPending || (answer.isPlaceholderData && empty),
  }
}

const NONE: readonly SeriesView[] = []
const NO_IDS: readonly number[] = []
/** Not more often, or lines that are equally bad would come and go. */
const CHOOSE_MS = 10_000
const STILL_MS = 3_600_000

/** The series of the picture; undefined while it is not known which were worst. */
function useChosen(
  group: MetricGroup,
  view: View,
  growing: boolean,
): { chosen: readonly SeriesView[] | undefined; extremes: Range['series'] } {
  const timeline = useTimelineStore()
  const { many, series: asked } = useMemo(() => firstQuestion(group), [group])
  const { data, isPending } = useExtremes(many ? asked : NO_IDS, view)
  const step = useServerStep(many && growing ? CHOOSE_MS : STILL_MS)
  return useMemo(() => {
    const extremes = data?.series ?? []
    if (!many) return { chosen: group.series, extremes }
    if (isPending) return { chosen: undefined, extremes }
    const byId = new Map(extremes.map((each) => [each.id, each]))
    const known = group.series.map((series) => ({
      series,
      // Of now, at this step: a new one every second would change the picture every second.
      value: growing && step > 0 ? timeline.newest(series.id).value : null,
      extreme: worseEnd(group.metric, byId.get(series.id)?.min[0] ?? null, byId.get(series.id)?.max[0] ?? null),
    }))
    return { chosen: chooseSeries(group.metric, known).shown.map((each) => each.series), extremes }
  }, [many, isPending, data, group, growing, step, timeline])
}
