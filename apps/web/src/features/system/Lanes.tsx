import { useElementSize } from '@mantine/hooks'
import { useContext } from 'react'
import type { JSX } from 'react'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { HoverContext, useHover } from '../../charts/hover.ts'
import { xAt } from '../../charts/scale.ts'
import { timeLabels } from '../../charts/time-labels.ts'
import { clockText, dayText } from '../../ui/format-time.ts'
import { useZone } from '../../ui/zone-context.ts'
import { Lane } from './Lane.tsx'
import { AlertSpan, NoteMark } from './LaneMarks.tsx'
import { useSpanNotes } from './queries.ts'
import { useWindow } from './use-window.ts'
import type { View } from './view-search.ts'
import { packLanes } from './pack-lanes.ts'
import classes from './lanes.module.css'

type Props = { system: SystemView; view: View; alerts: readonly Alert[] }

const RANK = { critical: 0, warning: 1, info: 2 } as const
const FLAT = { height: 0, left: 0, right: 0, top: 0, bottom: 0 }

/** Flags and notes of the window, on the charts' time axis. */
export function Lanes({ system, view: shown, alerts }: Props): JSX.Element {
  const window = useWindow(shown)
  const notes = useSpanNotes(system.id, window)
  const zone = useZone()
  const hover = useContext(HoverContext)
  const { ref, width } = useElementSize()
  const at = (t: number): number => xAt(t, window, { ...FLAT, width })
  const view = { ...window, width }
  const flags = alerts
    .filter((alert) => alert.firedAt !== undefined || alert.state === 'firing')
    .map((alert) => ({
      from: alert.since,
      to: alert.resolvedAt ?? window.to,
      group: alert.flag,
      rank: RANK[alert.severity],
      name: alert.title,
      item: alert,
    }))
  const written = notes.map((note) => ({
    from: note.at,
    to: note.until ?? note.at,
    group: 'notes',
    name: note.kind === 'note' ? note.text : `${note.kind}: ${note.text}`,
    item: note,
  }))
  return (
    <section className={classes.lanes} aria-label="Flags and notes over time">
      <div
        ref={ref}
        className={classes.axis}
        onPointerLeave={() => hover.set(null)}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          hover.set({
            t: window.from + ((event.clientX - box.left) / box.width) * (window.to - window.from),
            chart: 'lanes',
          })
        }}
      >
        <Lane
          name="Flags"
          empty="no flag in this window"
          marks={width === 0 ? [] : packLanes(flags, view)}
          draw={(mark) => <AlertSpan mark={mark} now={window.to} />}
        />
        <Lane
          name="Notes"
          empty="no note in this window"
          marks={width === 0 ? [] : packLanes(written, view)}
          draw={(mark) => <NoteMark mark={mark} />}
        />
        <svg className={classes.ticks} aria-hidden="true">
          {timeLabels(window, { ...FLAT, width }, zone).map(({ t, x, text, anchor }) => (
            <text key={t} x={x} y={12} textAnchor={anchor}>
              {text}
            </text>
          ))}
        </svg>
        <HoverLine at={at} />
      </div>
      <p className="visually-hidden">
        From {dayText(window.from, zone)}, {clockText(window.from, zone)} to {dayText(window.to, zone)},{' '}
        {clockText(window.to, zone)}.
      </p>
    </section>
  )
}

function HoverLine({ at }: { at: (t: number) => number }): JSX.Element | null {
  const hover = useHover()
  return hover === null ? null : <span className={classes.hover} style={{ left: at(hover.t) }} aria-hidden="true" />
}
