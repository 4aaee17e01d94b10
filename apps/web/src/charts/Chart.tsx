import { memo } from 'react'
import type { JSX } from 'react'
import { fromToText } from '../ui/format-from-to.ts'
import type { Place } from '../ui/use-place.ts'
import { useZone } from '../ui/zone-context.ts'
import type { ChartInput } from './chart-model.ts'
import { ChartBackdrop } from './ChartBackdrop.tsx'
import { ChartHover } from './ChartHover.tsx'
import { ChartMoment } from './ChartMoment.tsx'
import { ChartOverlay } from './ChartOverlay.tsx'
import { ChartPicture } from './ChartPicture.tsx'
import { ChartSelection } from './ChartSelection.tsx'
import { frameOf } from './frame.ts'
import { timeAt, yScale } from './scale.ts'
import { timeLabels } from './time-labels.ts'
import { usePointing } from './use-pointing.ts'
import { useTurn } from './use-turn.ts'
import classes from './Chart.module.css'

type Props = {
  chart: string
  input: ChartInput
  summary: string
  /** How wide it is, px, and whether anybody can see it. */
  place: Place
  height?: number
}
type DrawnProps = { chart: string; input: ChartInput; width: number; height: number }

/** A chart: data in, a picture out, redrawn in its turn and only while it can be seen. */
export function Chart({ chart, input, summary, place, height = 160 }: Props): JSX.Element {
  const { width, inView } = place
  const drawn = useTurn(input, inView)
  return (
    <div className={classes.chart} style={{ height }}>
      <div role="img" aria-label={summary} className={classes.whole} />
      {width > 0 && drawn !== undefined && <Drawn chart={chart} input={drawn} width={width} height={height} />}
    </div>
  )
}

/** Drawn anew only when its turn has come: what a chart is given in between costs nothing. */
const Drawn = memo(function Drawn({ chart, input, width, height }: DrawnProps): JSX.Element {
  const zone = useZone()
  const scale = yScale(input)
  const frame = frameOf(input, scale, width, height)
  const pointing = usePointing(chart, input, (x) => timeAt(x, input, frame))
  const empty = input.series.every((series) => series.points.every((point) => point.last === null))
  return (
    <div className={classes.whole} data-drawn {...pointing}>
      <div aria-hidden="true">
        <ChartBackdrop
          frame={frame}
          // An empty picture has no scale.
          scale={empty ? { ...scale, ticks: [] } : scale}
          unit={input.unit}
          times={timeLabels(input, frame, zone)}
        />
        <ChartPicture input={input} frame={frame} scale={scale} />
        <ChartOverlay input={input} frame={frame} scale={scale} />
        <ChartSelection input={input} frame={frame} chart={chart} />
        <ChartHover input={input} frame={frame} chart={chart} />
      </div>
      {empty && (
        <p
          className={classes.nothing}
          style={{ left: frame.left, right: frame.right, top: frame.top, bottom: frame.bottom }}
        >
          Nothing was recorded between {fromToText(input, zone, 'and')}.
        </p>
      )}
      <ChartMoment input={input} chart={chart} />
    </div>
  )
})
