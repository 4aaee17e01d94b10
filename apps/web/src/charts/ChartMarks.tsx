import type { JSX } from 'react'
import { ReferenceArea, ReferenceLine } from 'recharts'
import type { ChartInput } from './chart-model.ts'
import type { YScale } from './scale.ts'

const COLORS = {
  warning: 'var(--warning)',
  critical: 'var(--critical)',
  info: 'var(--ink-3)',
  ok: 'var(--ink-3)',
  unknown: 'var(--ink-3)',
}

/** The limit, the documented lines, and the region beyond a line for as long as it was crossed. */
export function ChartMarks({ input, scale }: { input: ChartInput; scale: YScale }): JSX.Element {
  const { lines, crossings, limit } = input
  return (
    <>
      {crossings.map((crossing) => (
        <ReferenceArea
          key={crossing.key}
          x1={Math.max(crossing.from, input.from)}
          x2={Math.min(crossing.to ?? input.to, input.to)}
          y1={Math.min(crossing.line, scale.high)}
          y2={crossing.compare === 'above' || crossing.compare === 'atLeast' ? scale.high : scale.low}
          fill={COLORS[crossing.mark]}
          fillOpacity={crossing.mark === 'info' ? 0.05 : 0.13}
          stroke="none"
          ifOverflow="hidden"
        />
      ))}
      {limit !== undefined && limit.value <= scale.high && (
        <ReferenceLine y={limit.value} stroke="var(--ink)" strokeWidth={1} ifOverflow="hidden" />
      )}
      {lines
        .filter((line) => line.value <= scale.high)
        .map((line) => (
          <ReferenceLine
            key={line.key}
            y={line.value}
            stroke={COLORS[line.mark]}
            strokeDasharray="5 4"
            strokeWidth={1.25}
            ifOverflow="hidden"
          />
        ))}
    </>
  )
}
