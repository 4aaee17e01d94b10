import type { JSX } from 'react'
import { Curve, Surface } from 'recharts'
import type { ChartInput } from './chart-model.ts'
import { ChartMarks } from './ChartMarks.tsx'
import { hasBand } from './gaps.ts'
import { isShare } from './is-share.ts'
import { seriesPixels } from './pixels.ts'
import { yAt } from './scale.ts'
import type { Frame, YScale } from './scale.ts'
import classes from './Chart.module.css'

type Props = { input: ChartInput; frame: Frame; scale: YScale }

/**
 * The picture itself, drawn with the chart library's shapes on our own scale: one path a line, one a band. Its chart
 * components keep a store and register every part in it, which costs three times what drawing costs.
 */
export function ChartPicture({ input, frame, scale }: Props): JSX.Element {
  const drawn = input.series.map((series) => ({ series, pixels: seriesPixels(series, input, scale, frame) }))
  return (
    <Surface className={classes.picture ?? ''} width={frame.width} height={frame.height}>
      <ChartMarks input={input} frame={frame} scale={scale} />
      {drawn.map(
        ({ series, pixels }) =>
          hasBand(series) && (
            <Curve
              key={series.key}
              points={pixels.top}
              baseLine={pixels.base}
              fill={series.color}
              fillOpacity={series.spread ? 0.22 : 0.16}
            />
          ),
      )}
      {isShare(input) && (
        <Curve
          points={drawn[0]?.pixels.line ?? []}
          baseLine={yAt(Math.max(0, scale.low), scale, frame)}
          fill={drawn[0]?.series.color ?? 'none'}
          fillOpacity={0.07}
        />
      )}
      {drawn.map(
        ({ series, pixels }) =>
          !series.spread && (
            <Curve
              key={series.key}
              points={pixels.line}
              fill="none"
              stroke={series.color}
              strokeWidth={1.5}
              strokeDasharray={series.dash ?? 'none'}
              strokeLinejoin="round"
              // A single value between two gaps is a line of no length: round ends make it a dot.
              strokeLinecap="round"
            />
          ),
      )}
    </Surface>
  )
}
