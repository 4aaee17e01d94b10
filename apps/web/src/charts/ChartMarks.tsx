import type { JSX } from 'react'
import type { ChartInput } from './chart-model.ts'
import { crossedRegions } from './crossed-regions.ts'
import { MARK_COLORS } from './mark-colors.ts'
import { isSeen, yAt } from './scale.ts'
import type { Frame, YScale } from './scale.ts'

type Props = { input: ChartInput; frame: Frame; scale: YScale }

/** The limit, the documented lines, and the region beyond a line for as long as it was crossed. */
export function ChartMarks({ input, frame, scale }: Props): JSX.Element {
  const { lines, limit } = input
  const across = (value: number): string => `M${frame.left} ${yAt(value, scale, frame)}H${frame.width - frame.right}`
  return (
    <>
      {crossedRegions(input, scale, frame).map(({ key, mark, ...box }) => (
        <rect key={key} {...box} fill={MARK_COLORS[mark]} fillOpacity={mark === 'info' ? 0.05 : 0.13} />
      ))}
      {limit !== undefined && isSeen(limit.value, scale) && (
        <path d={across(limit.value)} stroke="var(--ink)" strokeWidth={1} />
      )}
      {lines
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
