import type { JSX } from 'react'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { PlannedEvent } from '@headroom/shared/model/planned-event.ts'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { ChartSelection } from '../../charts/ChartSelection.tsx'
import { useHover } from '../../charts/hover.ts'
import { timeAt, xAt } from '../../charts/scale.ts'
import type { Frame } from '../../charts/scale.ts'
import { timeLabels } from '../../charts/time-labels.ts'
import { usePointing } from '../../charts/use-pointing.ts'
import { clockText, dayText } from '../../ui/format-time.ts'
import { usePlace } from '../../ui/use-place.ts'
import { useZone } from '../../ui/zone-context.ts'
import { Lane, shareOf } from './Lane.tsx'
import { flagSpans, noteSpans } from './lane-spans.ts'
import { AlertSpan, NoteMark } from './LaneMarks.tsx'
import { packLanes } from './pack-lanes.ts'
import { useLogBursts } from './use-log-bursts.ts'
import { useSpanNotes } from './use-spanned.ts'
import type { Gap } from './use-spanned.ts'
import { useWindow } from './use-window.ts'
import type { Window } from './use-window.ts'
import type { View } from './view.ts'
import classes from './lanes.module.css'

type Props = {
  system: SystemView
  view: View
  alerts: readonly Alert[]
  /** What is not known of them. */
  gap: Gap
  events: readonly PlannedEvent[]
}

const FLAT = { height: 0, left: 0, right: 0, top: 0, bottom: 0 }
/** Where it is pointed at when it is not on a chart. */
const LANES = 'lanes'

/** Flags, notes and the run-sheet of the window, on the charts' time axis. */
export function Lanes({ system, view: shown, alerts, gap, events }: Props): JSX.Element {
  const window = useWindow(shown)
  const notes = useSpanNotes(system.id, window)
  const zone = useZone()
  const { ref, width } = usePlace()
  const frame = { ...FLAT, width }
  const pointing = usePointing(LANES, window, (x) => timeAt(x, window, frame))
  const bursts = useLogBursts(system, shown, window, width)
  const view = { ...window, width }
  return (
    <section className={classes.lanes} aria-label="Flags and notes over time">
      <div ref={ref} className={classes.axis} {...pointing}>
        <Lane
          name="Flags"
          empty="no flag in this window"
          gap={gap}
          width={width}
          marks={width === 0 ? [] : packLanes(flagSpans(alerts, window), view)}
          draw={(mark) => <AlertSpan mark={mark} now={window.to} />}
        />
        <Lane
          name="Notes"
          empty="no note in this window"
          gap={notes.gap}
          width={width}
          marks={width === 0 ? [] : packLanes([...noteSpans(notes.items, events, window), ...bursts], view)}
          draw={(mark) => <NoteMark mark={mark} now={window.to} origin={window.origin} />}
        />
        {window.origin !== undefined && <Times axis={window} frame={frame} />}
        <Times axis={{ from: window.from, to: window.to }} frame={frame} />
        <ChartSelection input={window} frame={frame} chart={LANES} />
        <HoverLine window={window} frame={frame} />
      </div>
      <p className="visually-hidden">
        From {dayText(window.from, zone)}, {clockText(window.from, zone)} to {dayText(window.to, zone)},{' '}
        {clockText(window.to, zone)}.
      </p>
    </section>
  )
}

/** A row of times: of an event both its own and the clock's. */
function Times({ axis, frame }: { axis: Window; frame: Frame }): JSX.Element {
  const zone = useZone()
  return (
    <svg className={classes.ticks} aria-hidden="true">
      {timeLabels(axis, frame, zone).map(({ t, x, text, anchor }) => (
        <text key={t} x={shareOf(x, frame.width)} y={12} textAnchor={anchor}>
          {text}
        </text>
      ))}
    </svg>
  )
}

function HoverLine({ window, frame }: { window: Window; frame: Frame }): JSX.Element | null {
  const hover = useHover()
  return hover === null ? null : (
    <span className={classes.hover} style={{ left: xAt(hover.t, window, frame) }} aria-hidden="true" />
  )
}
