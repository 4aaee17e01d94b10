import { useContext } from 'react'
import type { JSX } from 'react'
import { useZone } from '../ui/zone-context.ts'
import type { ChartInput } from './chart-model.ts'
import { HoverContext, useHover } from './hover.ts'
import { momentAfter, momentText } from './moments.ts'
import classes from './Chart.module.css'

/** What pointing is for a pointer, for the arrow keys: the moment moves from point to point and is read aloud. */
export function ChartMoment({ input, chart }: { input: ChartInput; chart: string }): JSX.Element {
  const hover = useContext(HoverContext)
  const point = useHover()
  const zone = useZone()
  const own = point?.chart === chart ? point.t : null
  const shown = own ?? input.series[0]?.points.at(-1)?.t ?? input.to
  return (
    <div
      className={classes.moment}
      role="slider"
      tabIndex={0}
      aria-label={`${input.title}, moment`}
      aria-valuemin={Math.round(input.from)}
      aria-valuemax={Math.round(input.to)}
      aria-valuenow={Math.round(shown)}
      aria-valuetext={momentText(input, shown, zone)}
      onBlur={() => hover.set(null)}
      onKeyDown={(event) => {
        const t = momentAfter(event.key, own, input)
        if (t === undefined || event.ctrlKey || event.metaKey || event.altKey) return
        event.preventDefault()
        hover.set(t === null ? null : { t, chart })
      }}
    />
  )
}
