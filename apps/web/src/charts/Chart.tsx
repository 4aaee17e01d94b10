import { useElementSize, useMergedRef } from '@mantine/hooks'
import { Suspense, lazy, useContext } from 'react'
import type { JSX, PointerEvent } from 'react'
import { formatNumber } from '../ui/format-number.ts'
import { clockText, dayText } from '../ui/format-time.ts'
import type { Zone } from '../ui/format-time.ts'
import { useInView } from '../ui/use-in-view.ts'
import { useZone } from '../ui/zone-context.ts'
import type { ChartInput } from './chart-model.ts'
import { ChartHover } from './ChartHover.tsx'
import { ChartOverlay } from './ChartOverlay.tsx'
import { frameOf } from './frame.ts'
import { HoverContext } from './hover.ts'
import { timeAt, timeTicks, yScale } from './scale.ts'
import { useTurn } from './use-turn.ts'
import classes from './Chart.module.css'

const ChartPicture = lazy(async () => ({ default: (await import('./ChartPicture.tsx')).ChartPicture }))
const DAY_MS = 86_400_000

type Props = { chart: string; input: ChartInput; summary: string; height?: number }

/** A chart: data in, a picture out, redrawn in its turn and only while it can be seen. */
export function Chart({ chart, input, summary, height = 160 }: Props): JSX.Element {
  const { ref: sizeRef, width } = useElementSize<HTMLDivElement>()
  const { ref: viewRef, inView } = useInView()
  const ref = useMergedRef<HTMLDivElement>(sizeRef, viewRef)
  const hover = useContext(HoverContext)
  const zone = useZone()
  const drawn = useTurn(input, inView)
  const scale = yScale(drawn)
  const frame = frameOf(drawn, width, height)
  const onMove = (event: PointerEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.getBoundingClientRect()
    const t = timeAt(event.clientX - box.left, drawn, frame)
    hover.set(t < drawn.from || t > drawn.to ? null : { t, chart })
  }
  return (
    <div
      ref={ref}
      className={classes.chart}
      style={{ height }}
      role="img"
      aria-label={summary}
      onPointerMove={onMove}
      onPointerLeave={() => hover.set(null)}
    >
      {width > 0 && (
        <div aria-hidden="true">
          <Suspense fallback={null}>
            <ChartPicture
              input={drawn}
              frame={frame}
              scale={scale}
              xTicks={timeTicks(drawn.from, drawn.to, Math.max(2, Math.floor(width / 88)), offsetMs(drawn.to, zone))}
              xText={(t) => axisTime(t, drawn.to - drawn.from, zone)}
              yText={(value) => axisNumber(value, drawn.unit)}
            />
          </Suspense>
          <ChartOverlay input={drawn} frame={frame} scale={scale} />
          <ChartHover input={drawn} frame={frame} chart={chart} />
        </div>
      )}
    </div>
  )
}

function offsetMs(t: number, zone: Zone): number {
  return zone === 'utc' ? 0 : -new Date(t).getTimezoneOffset() * 60_000
}

function axisTime(t: number, span: number, zone: Zone): string {
  if (span > 3 * DAY_MS) return dayText(t, zone)
  return clockText(t, zone, span < 10 * 60_000 && t % 60_000 !== 0)
}

function axisNumber(value: number, unit: string): string {
  if (value === 0) return '0'
  const { figure, unit: name } = formatNumber(value, unit)
  return unit === 'percent' ? `${figure} %` : name === '' || name === '/min' ? figure : `${figure} ${name}`
}
