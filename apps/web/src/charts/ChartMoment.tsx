import { useContext } from 'react'
import type { JSX, KeyboardEvent } from 'react'
import { useZone } from '../ui/zone-context.ts'
import type { ChartInput } from './chart-model.ts'
import { HoverContext, useOwnHover } from './hover.ts'
import { momentAfter, momentText, selectionText } from './moments.ts'
import { LEAST_MS, doubled, halved, selectedSpan } from './zoom-span.ts'
import { ZoomContext, useSelection } from './zoom.ts'
import type { Selection } from './zoom.ts'
import classes from './Chart.module.css'

type Props = { input: ChartInput; chart: string }

/**
 * What a pointer is for a hand, for the keys: the moment moves from point to point and is read aloud; with Shift a span
 * is chosen, Enter shows it, plus and minus halve and double the window.
 */
export function ChartMoment({ input, chart }: Props): JSX.Element {
  const hover = useContext(HoverContext)
  const zoom = useContext(ZoomContext)
  const own = useOwnHover(chart)?.t ?? null
  const selection = useSelection()
  const zone = useZone()
  const chosen = selection?.chart === chart ? selection : null
  const shown = own ?? input.series[0]?.points.at(-1)?.t ?? input.to
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const t = momentAfter(event.key, own, input)
    if (t !== undefined) {
      hover.set({ t, chart })
      zoom?.selection.set(event.shiftKey ? { anchor: chosen?.anchor ?? own ?? shown, end: t, chart } : null)
    } else if (!zoomByKey(event.key)) return
    event.preventDefault()
  }
  const zoomByKey = (key: string): boolean => {
    if (key === 'Escape') {
      if (chosen === null) hover.set(null)
      zoom?.selection.set(null)
    } else if (zoom === null) return false
    else if (key === 'Enter' && chosen !== null) show(chosen)
    else if (key === '+' || key === '=') zoom.show(...ends(halved(input, own ?? (input.from + input.to) / 2)))
    else if (key === '-') zoom.show(...ends(doubled(input, input.to)))
    else return false
    return true
  }
  const show = (what: NonNullable<Selection>): void => {
    const span = selectedSpan(what, input)
    zoom?.selection.set(null)
    if (span.to - span.from >= LEAST_MS) zoom?.show(span.from, span.to)
  }
  return (
    <div
      className={classes.moment}
      role="slider"
      tabIndex={0}
      aria-label={`${input.title}, moment`}
      aria-valuemin={Math.round(input.from)}
      aria-valuemax={Math.round(input.to)}
      aria-valuenow={Math.round(shown)}
      aria-valuetext={
        chosen === null
          ? momentText(input, shown, zone)
          : `${selectionText(selectedSpan(chosen, input), zone)} chosen, Enter shows it`
      }
      onBlur={() => {
        hover.set(null)
        if (chosen !== null) zoom?.selection.set(null)
      }}
      onKeyDown={onKeyDown}
    />
  )
}

function ends({ from, to }: { from: number; to: number }): [number, number] {
  return [from, to]
}
