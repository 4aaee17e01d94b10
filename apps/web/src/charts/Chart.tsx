import { useElementSize, useMergedRef } from '@mantine/hooks'
import { Suspense, lazy, memo, useContext } from 'react'
import type { JSX, PointerEvent } from 'react'
import { useInView } from '../ui/use-in-view.ts'
import { useZone } from '../ui/zone-context.ts'
import type { ChartInput } from './chart-model.ts'
import { ChartBackdrop } from './ChartBackdrop.tsx'
import { ChartHover } from './ChartHover.tsx'
import { ChartMoment } from './ChartMoment.tsx'
import { ChartOverlay } from './ChartOverlay.tsx'
import { frameOf } from './frame.ts'
import { HoverContext } from './hover.ts'
import { timeAt, yScale } from './scale.ts'
import { timeLabels } from './time-labels.ts'
import { useTurn } from './use-turn.ts'
import classes from './Chart.module.css'

const ChartPicture = lazy(async () => ({ default: (await import('./ChartPicture.tsx')).ChartPicture }))

type Props = { chart: string; input: ChartInput; summary: string; height?: number }
type DrawnProps = { chart: string; input: ChartInput; width: number; height: number }

/** A chart: data in, a picture out, redrawn in its turn and only while it can be seen. */
export function Chart({ chart, input, summary, height = 160 }: Props): JSX.Element {
  const { ref: sizeRef, width } = useElementSize<HTMLDivElement>()
  const { ref: viewRef, inView } = useInView()
  const ref = useMergedRef<HTMLDivElement>(sizeRef, viewRef)
  const drawn = useTurn(input, inView)
  return (
    <div ref={ref} className={classes.chart} style={{ height }}>
      <div role="img" aria-label={summary} className={classes.whole} />
      {width > 0 && drawn !== undefined && <Drawn chart={chart} input={drawn} width={width} height={height} />}
    </div>
  )
}

/** Drawn anew only when its turn has come: what a chart is given in between costs nothing. */
const Drawn = memo(function Drawn({ chart, input, width, height }: DrawnProps): JSX.Element {
  const hover = useContext(HoverContext)
  const zone = useZone()
  const scale = yScale(input)
  const frame = frameOf(input, width, height)
  const onMove = (event: PointerEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.getBoundingClientRect()
    const t = timeAt(event.clientX - box.left, input, frame)
    hover.set(t < input.from || t > input.to ? null : { t, chart })
  }
  return (
    <div className={classes.whole} onPointerMove={onMove} onPointerLeave={() => hover.set(null)}>
      <div aria-hidden="true">
        <ChartBackdrop frame={frame} scale={scale} unit={input.unit} times={timeLabels(input, frame, zone)} />
        <Suspense fallback={null}>
          <ChartPicture input={input} frame={frame} scale={scale} />
        </Suspense>
        <ChartOverlay input={input} frame={frame} scale={scale} />
        <ChartHover input={input} frame={frame} chart={chart} />
      </div>
      <ChartMoment input={input} chart={chart} />
    </div>
  )
})
