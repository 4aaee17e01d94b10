import type { JSX } from 'react'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { Note } from '@headroom/shared/model/note.ts'
import { ageText } from '../../ui/format-age.ts'
import { clockText } from '../../ui/format-time.ts'
import { StateMark } from '../../ui/StateMark.tsx'
import { useZone } from '../../ui/zone-context.ts'
import classes from './lanes.module.css'

/** How long a flag was up: its shape, its name, and all of it in words. */
export function AlertSpan({ alert, now }: { alert: Alert; now: number }): JSX.Element {
  const zone = useZone()
  const words = `${alert.title}, ${alert.severity}, since ${clockText(alert.since, zone, true)}, ${alert.resolvedAt === undefined ? `for ${ageText(now - alert.since)} and still so` : `for ${ageText(alert.resolvedAt - alert.since)}`}`
  return (
    <span className={`${classes.span} ${classes[alert.severity]}`} title={words}>
      <StateMark mark={alert.severity} size={12} />
      <span className="visually-hidden">{words}</span>
      <span className={classes.spanName} aria-hidden="true">
        {alert.title}
      </span>
    </span>
  )
}

/** A note, from its moment on. */
export function NoteMark({ note }: { note: Note }): JSX.Element {
  const zone = useZone()
  return (
    <span className={classes.note} title={`${clockText(note.at, zone, true)} ${note.kind}: ${note.text}`}>
      <span className={classes.noteKind}>{note.kind === 'note' ? '' : `${note.kind}: `}</span>
      {note.text}
    </span>
  )
}
