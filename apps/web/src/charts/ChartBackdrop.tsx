import type { JSX } from 'react'
import { axisText } from './axis-text.ts'
import { yAt } from './scale.ts'
import type { Frame, YScale } from './scale.ts'
import type { TimeLabel } from './time-labels.ts'
import classes from './Chart.module.css'

type Props = { frame: Frame; scale: YScale; unit: string; times: readonly TimeLabel[] }

/** Grid and figures behind the picture. Drawn here, because the chart library measures every figure it draws. */
export function ChartBackdrop({ frame, scale, unit, times }: Props): JSX.Element {
  const right = frame.width - frame.right
  const bottom = frame.height - frame.bottom
  return (
    <svg className={classes.backdrop} width={frame.width} height={frame.height}>
      {scale.ticks.map((tick) => {
        const y = yAt(tick, scale, frame)
        return (
          <g key={tick}>
            <path d={`M${frame.left} ${y}H${right}`} className={classes.grid} />
            <text x={frame.left - 8} y={y + 4} textAnchor="end">
              {axisText(tick, unit)}
            </text>
          </g>
        )
      })}
      <path d={`M${frame.left} ${bottom}H${right}`} className={classes.axis} />
      {times.map(({ t, x, text, anchor }) => (
        <text key={t} x={x} y={frame.height - 6} textAnchor={anchor}>
          {text}
        </text>
      ))}
    </svg>
  )
}
