import type { CSSProperties, JSX } from 'react'
import type { Alert } from '@headroom/shared/model/alert.ts'
import type { Zone } from '../../ui/format-time.ts'
import { ageText } from '../../ui/format-age.ts'
import { offsetText } from '../../ui/format-span.ts'
import { momentText } from '../../ui/format-time.ts'
import { StateMark } from '../../ui/StateMark.tsx'
import { useZone } from '../../ui/zone-context.ts'
import type { Remark } from './lane-spans.ts'
import type { LaneMark } from './pack-lanes.ts'
import classes from './lanes.module.css'

const RANK = { critical: 0, warning: 1, info: 2 } as const

function alertWords(alert: Alert, now: number, zone: Zone): string {
  const lasted = ageText((alert.resolvedAt ?? now) - alert.since)
  const still = alert.resolvedAt === undefined ? ' and still so' : ''
  return `${alert.title}, ${alert.severity}, since ${momentText(alert.since, now, zone, true)}, for ${lasted}${still}`
}

/** More than this nobody reads at the pointer, and nobody listens to. */
const MOST_LISTED = 12

/** A line for each, the newest first where there are more than can be read. */
function listed<T>(items: readonly T[], line: (item: T) => string): string {
  if (items.length <= MOST_LISTED) return items.map(line).join('\n')
  const newest = items.slice(-MOST_LISTED).toReversed().map(line)
  return [...newest, `and ${items.length - MOST_LISTED} before`].join('\n')
}

/** How long a flag was up: its shape, its name where there is room, and all of it in words. */
export function AlertSpan({ mark, now }: { mark: LaneMark<Alert>; now: number }): JSX.Element | null {
  const zone = useZone()
  const worst = mark.items.toSorted((a, b) => RANK[a.severity] - RANK[b.severity])[0]
  if (worst === undefined) return null
  const words = listed(mark.items, (alert) => alertWords(alert, now, zone))
  return (
    <span className={`${classes.span} ${classes[worst.severity]}`} title={words}>
      <StateMark mark={worst.severity} size={12} />
      <span className="visually-hidden">{words}</span>
      {mark.side !== 'none' && <Name mark={mark} />}
    </span>
  )
}

function Name({ mark }: { mark: LaneMark<Alert> }): JSX.Element {
  const style: CSSProperties = { maxWidth: mark.side === 'in' ? undefined : mark.room - 4 }
  return (
    <span className={`${classes.spanName} ${classes[mark.side] ?? ''}`} style={style} aria-hidden="true">
      {mark.name}
    </span>
  )
}

type NoteProps = { mark: LaneMark<Remark>; now: number; origin?: number | undefined }

/** A note or a mark of the run-sheet, from its moment on; of several in one place, how many there are. */
export function NoteMark({ mark, now, origin }: NoteProps): JSX.Element {
  const zone = useZone()
  const words = listed(mark.items, (remark) => {
    const since = origin === undefined ? '' : ` (${offsetText(remark.at - origin)})`
    return `${momentText(remark.at, now, zone, true)}${since} ${KINDS[remark.kind]}: ${remark.text}`
  })
  const sheet = mark.items.every((remark) => remark.kind === 'runsheet')
  const log = mark.items.every((remark) => remark.kind === 'log')
  const side = mark.side === 'left' ? classes.noteLeft : ''
  return (
    <span
      className={`${classes.note} ${sheet ? classes.runsheet : ''} ${log ? classes.log : ''} ${side}`}
      title={words}
    >
      <span className="visually-hidden">{words}</span>
      {mark.side !== 'none' && (
        <span className={classes.noteName} style={{ maxWidth: Math.max(mark.room, mark.width) - 6 }} aria-hidden="true">
          <bdi>{mark.name}</bdi>
        </span>
      )}
    </span>
  )
}

const KINDS: Record<Remark['kind'], string> = {
  note: 'note',
  deploy: 'deploy',
  restart: 'restart',
  runsheet: 'run-sheet',
  config: 'configuration',
  log: 'log',
}
