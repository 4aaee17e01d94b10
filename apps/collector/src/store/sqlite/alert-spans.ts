import type { DatabaseSync } from 'node:sqlite'
import type { Event } from '@headroom/shared/model/event.ts'

/** Later than any time. */
const OPEN = Number.MAX_SAFE_INTEGER

/**
 * From when to when each alert was open, and the highest seq that is part of it. All of it follows from the events: it
 * is no version of its own, is made where it is missing, and caught up where an older program has written meanwhile.
 */
export const ALERT_SPANS = `
  CREATE TABLE IF NOT EXISTS alert_span (key TEXT PRIMARY KEY, opened INTEGER NOT NULL, closed INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS alert_span_closed ON alert_span (closed, opened);
  CREATE TABLE IF NOT EXISTS alert_span_upto (id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL) STRICT;
`

/** Which alerts were open at a moment, without looking at all there ever were. */
export class AlertSpans {
  readonly #put
  readonly #upto
  readonly #open
  readonly #forget

  constructor(database: DatabaseSync) {
    this.#put = database.prepare(
      'INSERT INTO alert_span VALUES (:key, :at, :closed) ON CONFLICT (key) DO UPDATE SET opened = min(opened, excluded.opened), closed = excluded.closed',
    )
    this.#upto = database.prepare(
      'INSERT INTO alert_span_upto VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET seq = excluded.seq',
    )
    this.#open = database.prepare(`
      SELECT event.body FROM alert_span AS span JOIN event ON event.seq = (
        SELECT seq FROM event AS newest WHERE newest.kind = 'alert' AND newest.key = span.key AND newest.at <= :at ORDER BY at DESC, seq DESC LIMIT 1
      ) WHERE span.closed > :at AND span.opened <= :at ORDER BY event.seq`)
    this.#forget = database.prepare(
      "DELETE FROM alert_span WHERE key = :key AND NOT EXISTS (SELECT 1 FROM event WHERE kind = 'alert' AND event.key = :key)",
    )
    this.#catchUp(database)
  }

  /** Part of the transaction that writes these events. */
  note(events: readonly Event[]): void {
    let seq = 0
    for (const event of events) {
      seq = Math.max(seq, event.seq)
      if (event.kind === 'alert') this.#set(event.alert.id, event.at, event.alert.state)
    }
    if (seq > 0) this.#upto.run(seq)
  }

  /** The bodies of the newest event, at or before a moment, of each alert that was open then. */
  openAt(at: number): unknown[] {
    return this.#open.all({ at }).map((row) => row['body'])
  }

  /** An event of this alert was deleted: without any the alert is forgotten. */
  forget(key: string): void {
    this.#forget.run({ key })
  }

  #set(key: string, at: number, state: string): void {
    this.#put.run({ key, at, closed: state === 'resolved' ? at : OPEN })
  }

  #catchUp(database: DatabaseSync): void {
    const upto = Number(database.prepare('SELECT seq FROM alert_span_upto').get()?.['seq'] ?? 0)
    const newest = Number(database.prepare('SELECT max(seq) AS seq FROM event').get()?.['seq'] ?? 0)
    if (newest <= upto) return
    const missed = database.prepare(
      "SELECT key, at, body ->> '$.alert.state' AS state FROM event WHERE kind = 'alert' AND seq > ? ORDER BY seq",
    )
    database.exec('BEGIN IMMEDIATE')
    try {
      for (const row of missed.iterate(upto)) this.#set(String(row['key']), Number(row['at']), String(row['state']))
      this.#upto.run(newest)
      database.exec('COMMIT')
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK')
      throw error
    }
  }
}
