import type { JSX } from 'react'
import type { RangeSeries } from '@headroom/shared/model/series.ts'
import { windowPoints } from '../../charts/bucket.ts'
import { useNewest, useServerStep, useTimelineStore } from '../../data/use-timeline.ts'
import type { Mark } from '../../ui/mark.ts'
import { Sparkline } from '../../ui/Sparkline.tsx'
import { TREND_POINTS } from './queries.ts'
import { TREND_MS } from './trend-span.ts'

type Props = {
  series: number
  history: RangeSeries | undefined
  everyMs: number
  spanMs: number
  top?: number | undefined
  line?: number | undefined
  mark?: Mark
}

const HISTORY_STEP_MS = TREND_MS / TREND_POINTS

/** The small trend of one series over the last minutes, its newest samples included. */
export function Trend({ series, history, everyMs, spanMs, top, line, mark = 'ok' }: Props): JSX.Element {
  const timeline = useTimelineStore()
  useNewest(series)
  const to = useServerStep(5_000) + 5_000
  const from = to - spanMs
  const stepMs = spanMs / TREND_POINTS
  const points = windowPoints(history, timeline.samples(series, from), { from, to, stepMs })
  return (
    <Sparkline
      points={points.map((point) => [point.t, point.last])}
      from={from}
      to={to}
      gapMs={Math.max(3 * everyMs, 2.5 * stepMs, 2.5 * HISTORY_STEP_MS)}
      top={top}
      line={line}
      mark={mark}
    />
  )
}
