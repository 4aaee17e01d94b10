import { useState } from 'react'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { SeriesView } from '@headroom/shared/model/series.ts'
import type { HeadroomView, SystemView } from '@headroom/shared/model/system.ts'
import { headroomNow, newestOfAll, seriesOfResource } from '../../data/headroom-now.ts'
import { useTimeline, useTimelineStore } from '../../data/use-timeline.ts'
import type { Mark } from '../../ui/mark.ts'
import { alertTrends, saysTheSame } from './alert-trends.ts'
import type { AlertSeries } from './alert-trends.ts'
import { MOST_ROWS, pickRows } from './pick-rows.ts'
import { useFlagsOf } from './queries.ts'

type CardRow = { row: HeadroomView; series: readonly SeriesView[]; mark: Mark }
export type CardRows = {
  /** What is behind the worst flag. */
  worst: AlertSeries | undefined
  rows: readonly CardRow[]
  /** The series that are drawn, in a fixed order, so that rows that change places ask for nothing anew. */
  drawn: readonly number[]
}

/** What a card shows of a system: what is behind its flags, then the resources that are closest to their limits. */
export function useCardRows(system: SystemView, alerts: readonly Alert[]): CardRows {
  const timeline = useTimelineStore()
  const series = useTimeline((each) => each.seriesOf(system.id))
  const flags = useFlagsOf(
    system.id,
    alerts.some((alert) => alert.series === undefined),
  )
  const [worst, ...flagged] = alertTrends(alerts, series, flags)
  const others = system.headroom
    .filter((row) => worst === undefined || !saysTheSame(row, worst.series.metric))
    .map((row): CardRow => {
      const mark = flagged.find((each) => saysTheSame(row, each.series.metric))?.alert.severity ?? 'ok'
      return { row, series: seriesOfResource(row, series), mark }
    })
  const picked = useHeld((before) =>
    pickRows(
      others.map(({ row, series: own, mark }) => ({
        id: row.resource,
        title: row.title,
        flagged: mark !== 'ok',
        percent: headroomNow(
          row,
          newestOfAll(
            row.unit,
            own.map((each) => timeline.newest(each.id)),
          ),
        ).percent,
      })),
      before,
      worst === undefined ? MOST_ROWS : MOST_ROWS - 1,
    ),
  )
  const rows = picked.flatMap((id) => others.find(({ row }) => row.resource === id) ?? [])
  const drawn = [worst?.series.id, ...rows.map((each) => trendOf(each)?.id)].filter((id) => id !== undefined)
  return { worst, rows, drawn: drawn.toSorted((a, b) => a - b) }
}

/** The trend of a resource: of several series there is no one line that is it. */
export function trendOf({ series }: Pick<CardRow, 'series'>): SeriesView | undefined {
  return series.length === 1 ? series[0] : undefined
}

/** What was chosen last, as far as it still holds. */
function useHeld(choose: (before: readonly string[]) => string[]): readonly string[] {
  const [held, setHeld] = useState<readonly string[]>([])
  const next = choose(held)
  if (next.length === held.length && next.every((id, index) => id === held[index])) return held
  setHeld(next)
  return next
}
