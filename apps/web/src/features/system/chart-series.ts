import type { Range } from '@headroom/shared/contracts.ts'
import type { SeriesView } from '@headroom/shared/model/series.ts'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { widen, windowPoints } from '../../charts/bucket.ts'
import type { ChartSeries } from '../../charts/chart-model.ts'
import { seriesLabel } from './metric-groups.ts'
import { lineStyle } from './series-choice.ts'
import { stepOf } from './view.ts'
import type { View } from './view.ts'

type Samples = { samples: (id: number, from: number) => [number, number | null][] }
type Build = {
  history: Range | undefined
  view: View
  from: number
  to: number
  system: SystemView
  timeline: Samples
  all: readonly SeriesView[]
}

const SPREAD_ANSWERS = 6
const DEFAULT_EVERY_MS = 10_000

/** The lines of a chart from what was fetched and what came live. */
export function chartSeries(shown: readonly SeriesView[], build: Build): ChartSeries[] {
  const { history, view, from, to, system, timeline, all } = build
  return shown.map((series, index) => {
    const source = system.sources.find((each) => each.id === series.source)
    const everyMs = source === undefined ? DEFAULT_EVERY_MS : source.everySeconds * 1000
    const stepMs = stepOf(view, everyMs)
    const fetched = history?.series.find((each) => each.id === series.id)
    const points = windowPoints(fetched, timeline.samples(series.id, from), { from, to, stepMs })
    return {
      key: String(series.id),
      label: seriesLabel(series, all),
      points: series.spread === true ? widen(points, Math.max(stepMs, everyMs * SPREAD_ANSWERS)) : points,
      spread: series.spread ?? false,
      gapMs: Math.max(3 * everyMs, 2.5 * stepMs, 2.5 * (history?.stepMs ?? 0)),
      ...lineStyle(index, shown.length),
    }
  })
}
