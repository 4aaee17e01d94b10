import type { JSX } from 'react'
import { spanText } from '../ui/format-span.ts'
import { clockText } from '../ui/format-time.ts'
import { useZone } from '../ui/zone-context.ts'
import { xAt } from './scale.ts'
import type { Frame } from './scale.ts'
import { LEAST_MS, selectedSpan } from './zoom-span.ts'
import type { Span } from './zoom-span.ts'
import { useSelection } from './zoom.ts'
import classes from './Chart.module.css'

/** Half of what its words need, so that they stay on the chart. */
const HALF_WORDS = 112

type Props = { input: Span; frame: Frame; chart: string }

/** The span that is being chosen: shaded on every chart, with its times and its length where it is chosen. */
export function ChartSelection({ input, frame, chart }: Props): JSX.Element | null {
  const selection = useSelection()
  const zone = useZone()
  if (selection === null) return null
  const span = selectedSpan(selection, input)
  const left = xAt(span.from, input, frame)
  const width = xAt(span.to, input, frame) - left
  const middle = Math.max(HALF_WORDS, Math.min(frame.width - HALF_WORDS, left + width / 2))
  return (
    <>
      <span className={classes.selection} style={{ left, width, top: frame.top, bottom: frame.bottom }} />
      {selection.chart === chart && (
        <span className={classes.selectionWords} style={{ left: middle }}>
          {clockText(span.from, zone, true)} – {clockText(span.to, zone, true)}
          <b>{span.to - span.from < LEAST_MS ? `at least ${spanText(LEAST_MS)}` : spanText(span.to - span.from)}</b>
        </span>
      )}
    </>
  )
}
