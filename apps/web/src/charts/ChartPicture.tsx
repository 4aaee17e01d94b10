import type { JSX } from 'react'
import { Area, ComposedChart, Line, XAxis, YAxis } from 'recharts'
import type { ChartInput } from './chart-model.ts'
import { ChartMarks } from './ChartMarks.tsx'
import { buildRows, hasBand } from './rows.ts'
import type { Frame, YScale } from './scale.ts'

type Props = { input: ChartInput; frame: Frame; scale: YScale }

/** The picture itself; the only part that is drawn with the chart library, and it is loaded only when it is needed. */
export function ChartPicture({ input, frame, scale }: Props): JSX.Element {
  const { series, limit } = input
  const share = series.length === 1 && series[0]?.spread === false && (input.unit === 'percent' || limit !== undefined)
  return (
    <ComposedChart
      data={buildRows(series)}
      width={frame.width}
      height={frame.height}
      accessibilityLayer={false}
      margin={{ top: frame.top, right: frame.right, bottom: frame.bottom, left: frame.left }}
    >
      <XAxis hide dataKey="t" type="number" domain={[input.from, input.to]} allowDataOverflow />
      <YAxis hide type="number" domain={[scale.low, scale.high]} allowDataOverflow width={0} />
      <ChartMarks input={input} scale={scale} />
      {series.map(
        (each, index) =>
          hasBand(each) && (
            <Area
              key={`band ${each.key}`}
              dataKey={`b${index}`}
              type="linear"
              stroke="none"
              fill={each.color}
              fillOpacity={each.spread ? 0.22 : 0.16}
              dot={false}
              activeDot={false}
              isAnimationActive={false}
              connectNulls={false}
            />
          ),
      )}
      {share && (
        <Area
          dataKey="v0"
          type="linear"
          stroke="none"
          fill={series[0]?.color ?? 'none'}
          fillOpacity={0.07}
          dot={false}
          activeDot={false}
          isAnimationActive={false}
          connectNulls={false}
        />
      )}
      {series.map(
        (each, index) =>
          !each.spread && (
            <Line
              key={each.key}
              dataKey={`v${index}`}
              type="linear"
              stroke={each.color}
              strokeWidth={1.5}
              strokeDasharray={each.dash ?? ''}
              dot={false}
              activeDot={false}
              isAnimationActive={false}
              connectNulls={false}
              strokeLinejoin="round"
            />
          ),
      )}
    </ComposedChart>
  )
}
