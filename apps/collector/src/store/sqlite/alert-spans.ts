import type { DatabaseSync } from 'node:sqlite'
import type { Event } from '@headroom/shared/model/event.ts'

/** Later than any time. */
const OPEN = Number.MAX_SAFE_INTEGER

/** From when to when each alert was open. All of it follows from the events. */
export const ALERT_SPANS = `
  CREATE TABLE alert_span (key TEXT PRIMARY KEY, opened INTEGER NOT NULL, closed INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX alert_span_closed ON alert_span (closed, opened);
`

/** For a database that has events and no spans. */
export function fillAlertSpans(database: DatabaseSync): void {
  database.exec(ALERT_SPANS)
  const spans = new AlertSpans(database)
  const events = database.prepare(
    "SELECT key, at, body ->> '$.alert.state' AS state FROM event WHERE kind = 'alert' ORDER BY seq",
  )
  for (const { key, at, state } of events.iterate()) spans.set(String(key), Number(at), String(state))
}

/** Which alerts were open at a moment, without looking at all there ever were. */
export class AlertSpans {
  readonly #put
  readonly #open
  readonly #forget

  constructor(database: DatabaseSync) {
    this.#put = database.prepare(
      'INSERT INTO alert_span VALUES (:key, :at, :closed) ON CONFLICT (key) DO UPDATE SET opened = min(opened, excluded.opened), closed = excluded.closed',
    )
    this.#open = database.prepare(`
      SELECT event.body FROM alert_span AS span JOIN event ON event.seq = (
        SELECT seq FROM event AS newest WHERE newest.kind = 'alert' AND newest.key = span.key AND newest.at <= :at ORDER BY at DESC, seq DESC LIMIT 1
      ) WHERE span.closed > :at AND span.opened <= :at ORDER BY event.seq`)
    this.#forget = database.prepare(
      "DELETE FROM alert_span WHERE key = :key AND NOT EXISTS (SELECT 1 FROM event WHERE kind = 'alert' AND event.key = :key)",
    )
  }

  /** Part of the transaction that writes the event. */
  note(event: Event): void {
    if (event.kind === 'alert') this.set(event.alert.id, event.at, event.alert.state)
  }

  set(key: string, at: number, state: string): void {
    this.#put.run({ key, at, closed: state === 'resolved' ? at : OPEN })
  }

  /** The bodies of the newest event, at or before a moment, of each alert that was open then. */
  openAt(at: number): unknown[] {
    return this.#open.all({ at }).map((row) => row['body'])
  }

  /** An event of this alert was deleted: without any the alert is forgotten. */
  forget(key: string): void {
    this.#forget.run({ key })
  }
}
