import type { JSX } from 'react'
import type { ChartInput } from './chart-model.ts'
import { crossedRegions } from './crossed-regions.ts'
import { drawnLines } from './drawn-lines.ts'
import { MARK_COLORS } from './mark-colors.ts'
import { isSeen, yAt } from './scale.ts'
import type { Frame, YScale } from './scale.ts'

type Props = { input: ChartInput; frame: Frame; scale: YScale }

/** The limit, the documented lines, and the region beyond a line for as long as it was crossed. */
export function ChartMarks({ input, frame, scale }: Props): JSX.Element {
  const { limit } = input
  const across = (value: number): string => `M${frame.left} ${yAt(value, scale, frame)}H${frame.width - frame.right}`
  return (
    <>
      {crossedRegions(input, scale, frame).map(({ mark, d, opacity }) => (
        <path key={mark} d={d} fill={MARK_COLORS[mark]} fillOpacity={opacity} />
      ))}
      {limit !== undefined && isSeen(limit.value, scale) && (
        <path d={across(limit.value)} stroke="var(--ink)" strokeWidth={1} />
      )}
      {drawnLines(input)
        .filter((line) => isSeen(line.value, scale))
        .map((line) => (
          <path
            key={line.key}
            d={across(line.value)}
            stroke={MARK_COLORS[line.mark]}
            strokeDasharray="5 4"
            strokeWidth={1.25}
          />
        ))}
    </>
  )
}
