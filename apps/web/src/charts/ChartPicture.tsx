import type { JSX } from 'react'
import { Area, CartesianGrid, ComposedChart, Line, XAxis, YAxis } from 'recharts'
import type { ChartInput } from './chart-model.ts'
import { ChartMarks } from './ChartMarks.tsx'
import { buildRows, hasBand } from './rows.ts'
import type { Frame, YScale } from './scale.ts'

type Props = {
  input: ChartInput
  frame: Frame
  scale: YScale
  xTicks: number[]
  xText: (t: number) => string
  yText: (value: number) => string
}

/** The picture itself; the only part that is drawn with the chart library, and it is loaded only when it is needed. */
export function ChartPicture({ input, frame, scale, xTicks, xText, yText }: Props): JSX.Element {
  const { series, limit } = input
  const share = series.length === 1 && series[0]?.spread === false && (input.unit === 'percent' || limit !== undefined)
  return (
    <ComposedChart
      data={buildRows(series)}
      width={frame.width}
      height={frame.height}
      accessibilityLayer={false}
      margin={{ top: frame.top, right: frame.right, bottom: 0, left: 0 }}
    >
      <CartesianGrid vertical={false} stroke="var(--grid)" />
      <XAxis
        dataKey="t"
        type="number"
        domain={[input.from, input.to]}
        allowDataOverflow
        ticks={xTicks}
        interval={0}
        tickFormatter={xText}
        height={frame.bottom}
        tick={{ fontSize: 11, fill: 'var(--ink-2)' }}
        tickLine={false}
        axisLine={{ stroke: 'var(--hairline)' }}
      />
      <YAxis
        type="number"
        domain={[scale.low, scale.high]}
        allowDataOverflow
        ticks={scale.ticks}
        interval={0}
        tickFormatter={yText}
        width={frame.left}
        tick={{ fontSize: 11, fill: 'var(--ink-2)' }}
        tickLine={false}
        axisLine={false}
      />
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
