import type { JSX } from 'react'
import { numberText } from '../ui/format-number.ts'
import { clockText, dayText } from '../ui/format-time.ts'
import { useZone } from '../ui/zone-context.ts'
import type { ChartInput } from './chart-model.ts'
import { nearestCrossing, valuesAt } from './hover-values.ts'
import { useHover } from './hover.ts'
import { xAt } from './scale.ts'
import type { Frame } from './scale.ts'
import classes from './Chart.module.css'

/** The shared moment on one chart: a hairline everywhere, and all values where the pointer is. */
export function ChartHover({
  input,
  frame,
  chart,
}: {
  input: ChartInput
  frame: Frame
  chart: string
}): JSX.Element | null {
  const hover = useHover()
  const zone = useZone()
  if (hover === null || hover.t < input.from || hover.t > input.to) return null
  const x = xAt(hover.t, input, frame)
  const values = valuesAt(input, hover.t)
  const own = hover.chart === chart
  const flag = nearestCrossing(input, hover.t)
  return (
    <>
      <span className={classes.hairline} style={{ left: x, top: frame.top, bottom: frame.bottom }} />
      <div
        className={own ? classes.hoverBox : classes.hoverChip}
        style={x > frame.width / 2 ? { right: frame.width - x + 6 } : { left: x + 6 }}
      >
        {own && (
          <div className={classes.hoverTime}>
            {dayText(hover.t, zone)}, {clockText(hover.t, zone, true)}
          </div>
        )}
        {values.slice(0, own ? 12 : 3).map((each) => (
          <div key={each.key} className={classes.hoverRow}>
            {input.series.length > 1 && (
              <>
                <span className={classes.swatch} style={{ background: each.color }} />
                <span>{each.label}</span>
              </>
            )}
            <b>{each.point === null ? 'no value' : numberText(each.point.last, input.unit)}</b>
            {own && each.point !== null && each.point.max > each.point.min && (
              <small>
                {numberText(each.point.min, input.unit)} to {numberText(each.point.max, input.unit)}
              </small>
            )}
          </div>
        ))}
        {own && flag !== undefined && (
          <div className={classes.hoverFlag}>
            {flag.words}, {clockText(flag.from, zone)}
          </div>
        )}
      </div>
    </>
  )
}
