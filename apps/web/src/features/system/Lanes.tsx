import { useElementSize } from '@mantine/hooks'
import { useContext } from 'react'
import type { JSX } from 'react'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { HoverContext, useHover } from '../../charts/hover.ts'
import { timeTicks } from '../../charts/scale.ts'
import { clockText, dayText } from '../../ui/format-time.ts'
import { useZone } from '../../ui/zone-context.ts'
import { Lane } from './Lane.tsx'
import { AlertSpan, NoteMark } from './LaneMarks.tsx'
import { useSpanNotes } from './queries.ts'
import { useWindow } from './use-window.ts'
import { spanOf } from './view-search.ts'
import type { View } from './view-search.ts'
import { packLanes } from './pack-lanes.ts'
import classes from './lanes.module.css'

type Props = { system: SystemView; view: View; alerts: readonly Alert[] }

/** Flags and notes of the window, on the charts' time axis. */
export function Lanes({ system, view, alerts }: Props): JSX.Element {
  const window = useWindow(view)
  const notes = useSpanNotes(system.id, window)
  const zone = useZone()
  const hover = useContext(HoverContext)
  const { ref, width } = useElementSize()
  const at = (t: number): number =>
    (100 * (Math.min(Math.max(t, window.from), window.to) - window.from)) / (window.to - window.from)
  const fired = alerts.filter((alert) => alert.firedAt !== undefined || alert.state === 'firing')
  const ticks = timeTicks(
    window.from,
    window.to,
    Math.max(2, Math.floor(width / 110)),
    zone === 'utc' ? 0 : -new Date(window.to).getTimezoneOffset() * 60_000,
  )
  const long = spanOf(view) > 10 * 60_000
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
          items={packLanes(
            fired.map((alert) => ({ from: alert.since, to: alert.resolvedAt ?? window.to, item: alert })),
          )}
          at={at}
          draw={(alert) => <AlertSpan alert={alert} now={window.to} />}
        />
        <Lane
          name="Notes"
          empty="no note in this window"
          items={packLanes(
            notes.map((note) => ({
              from: note.at,
              to: Math.max(note.until ?? 0, note.at + (window.to - window.from) / 5),
              item: note,
            })),
          )}
          at={at}
          draw={(note) => <NoteMark note={note} />}
        />
        <div className={classes.ticks} aria-hidden="true">
          {ticks
            .filter((tick) => at(tick) > 3 && at(tick) < 97)
            .map((tick) => (
              <span key={tick} style={{ left: `${at(tick)}%` }}>
                {clockText(tick, zone, !long && tick % 60_000 !== 0)}
              </span>
            ))}
        </div>
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
  return hover === null ? null : (
    <span className={classes.hover} style={{ left: `${at(hover.t)}%` }} aria-hidden="true" />
  )
}
