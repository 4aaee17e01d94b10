import type { JSX } from 'react'
import { numberText } from '../ui/format-number.ts'
import { momentText } from '../ui/format-time.ts'
import { useZone } from '../ui/zone-context.ts'
import type { ChartInput } from './chart-model.ts'
import { nearestCrossing, valuesAt } from './hover-values.ts'
import type { ValueAt } from './hover-values.ts'
import { useHover } from './hover.ts'
import { xAt } from './scale.ts'
import type { Frame } from './scale.ts'
import { fullMoment } from './time-labels.ts'
import { useSelection } from './zoom.ts'
import classes from './Chart.module.css'

/** Where the pointer is every value has room; elsewhere a few. */
const MOST_OWN = 12
const MOST_ELSEWHERE = 3

type Props = { input: ChartInput; frame: Frame; chart: string }

/** The shared moment on one chart: a hairline everywhere, and all values where the pointer is. */
export function ChartHover({ input, frame, chart }: Props): JSX.Element | null {
  const hover = useHover()
  const zone = useZone()
  const choosing = useSelection()
  if (hover === null || hover.t < input.from || hover.t > input.to) return null
  const x = xAt(hover.t, input, frame)
  const hairline = <span className={classes.hairline} style={{ left: x, top: frame.top, bottom: frame.bottom }} />
  if (choosing !== null) return hairline
  const own = hover.chart === chart
  const flag = own ? nearestCrossing(input, hover.t) : undefined
  return (
    <>
      {hairline}
      <div
        className={own ? classes.hoverBox : classes.hoverChip}
        style={x > frame.width / 2 ? { right: frame.width - x + 6 } : { left: x + 6 }}
      >
        {own && <div className={classes.hoverTime}>{fullMoment(hover.t, zone, input.origin)}</div>}
        {valuesAt(input, hover.t)
          .slice(0, own ? MOST_OWN : MOST_ELSEWHERE)
          .map((each) => (
            <HoverRow key={each.key} value={each} unit={input.unit} named={input.series.length > 1} full={own} />
          ))}
        {flag !== undefined && (
          <div className={classes.hoverFlag}>
            {flag.words}, {momentText(flag.from, hover.t, zone)}
          </div>
        )}
      </div>
    </>
  )
}

type RowProps = { value: ValueAt; unit: string; named: boolean; full: boolean }

function HoverRow({ value: { label, color, point }, unit, named, full }: RowProps): JSX.Element {
  return (
    <div className={classes.hoverRow}>
      {named && (
        <>
          <span className={classes.swatch} style={{ background: color }} />
          <bdi className={classes.hoverName}>{label}</bdi>
        </>
      )}
      <b>{point === null ? 'no value' : numberText(point.last, unit)}</b>
      {full && point !== null && point.max > point.min && (
        <small>
          {numberText(point.min, unit)} to {numberText(point.max, unit)}
        </small>
      )}
    </div>
  )
}
