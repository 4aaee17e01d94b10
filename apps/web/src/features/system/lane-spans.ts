import type { Alert } from '@headroom/shared/model/alert.ts'
import type { Note } from '@headroom/shared/model/note.ts'
import type { PlannedEvent } from '@headroom/shared/model/planned-event.ts'
import type { LaneSpan } from './pack-lanes.ts'

const RANK = { critical: 0, warning: 1, info: 2 } as const

type Window = { from: number; to: number }
/** What stands in the notes' lane: what was written, what the run-sheet says, and how many lines were found in logs. */
export type Remark = Pick<Note, 'id' | 'at' | 'text'> & { kind: Note['kind'] | 'log' }

/** The flags that were up, in the worst's order. */
export function flagSpans(alerts: readonly Alert[], window: Window): LaneSpan<Alert>[] {
  return alerts
    .filter((alert) => alert.firedAt !== undefined || alert.state === 'firing')
    .map((alert) => ({
      from: alert.since,
      to: alert.resolvedAt ?? window.to,
      group: alert.flag,
      rank: RANK[alert.severity],
      name: alert.title,
      item: alert,
    }))
}

/** Notes, and the marks of the run-sheets of events; a mark that somebody has noted is not there twice. */
export function noteSpans(notes: readonly Note[], events: readonly PlannedEvent[], window: Window): LaneSpan<Remark>[] {
  const noted = new Set(notes.filter((note) => note.kind === 'runsheet').map((note) => `${note.at} ${note.text}`))
  const planned = events.flatMap((event) =>
    event.runsheet
      .filter(({ at, name }) => at >= window.from && at <= window.to && !noted.has(`${at} ${name}`))
      .map(({ at, name }): LaneSpan<Remark> => {
        const item = { id: `${event.id} ${at} ${name}`, at, text: name, kind: 'runsheet' as const }
        return { from: at, to: at, group: 'run-sheet', rank: 0, name, item }
      }),
  )
  const written = notes.map((note): LaneSpan<Remark> => {
    const name = note.kind === 'note' || note.kind === 'runsheet' ? note.text : `${note.kind}: ${note.text}`
    const sheet = note.kind === 'runsheet'
    return {
      from: note.at,
      to: note.until ?? note.at,
      group: sheet ? 'run-sheet' : 'notes',
      rank: sheet ? 0 : 1,
      name,
      item: note,
    }
  })
  return [...planned, ...written]
}
