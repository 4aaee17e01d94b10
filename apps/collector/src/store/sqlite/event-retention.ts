import type { DatabaseSync } from 'node:sqlite'
import type { RetainPolicy } from '../types.ts'
import type { AlertSpans } from './alert-spans.ts'
import type { Step } from './retention.ts'

const EVENTS_PER_STEP = 500

type Row = { seq: number; at: number; kind: string; key: string; alert: string | null }

/**
 * Forgets events before `before` that no state needs: those that a newer event of their key replaces already at the
 * next moment that is kept (the start of a pinned span, or `before`), log lines, and alerts that are over. Config and
 * notes all stay.
 */
export class EventRetention {
  #page
  #replaced
  #others
  #delete
  #spans

  constructor(database: DatabaseSync, spans: AlertSpans) {
    this.#spans = spans
    this.#page = database.prepare(
      "SELECT seq, at, kind, key, body ->> '$.alert.state' AS alert FROM event WHERE (at, seq) > (?, ?) AND at < ? AND kind NOT IN ('config', 'note') ORDER BY at, seq LIMIT ?",
    )
    this.#replaced = database.prepare(
      'SELECT 1 FROM event WHERE kind = ? AND key = ? AND (at, seq) > (?, ?) AND at <= ? LIMIT 1',
    )
    this.#others = database.prepare('SELECT 1 FROM event WHERE kind = ? AND key = ? AND seq <> ? LIMIT 1')
    this.#delete = database.prepare('DELETE FROM event WHERE seq = ?')
  }

  *steps(policy: RetainPolicy): Generator<Step> {
    let after = { at: -1, seq: -1 }
    for (;;) {
      const page = this.#page.all(after.at, after.seq, policy.before, EVENTS_PER_STEP) as Row[]
      const last = page.at(-1)
      if (last === undefined) return
      after = last
      yield () => {
        for (const event of page) if (this.#isForgettable(event, policy)) this.#forget(event)
        return 0
      }
    }
  }

  #forget({ seq, kind, key }: Row): void {
    this.#delete.run(seq)
    if (kind === 'alert') this.#spans.forget(key)
  }

  #isForgettable({ seq, at, kind, key, alert }: Row, { before, pinned }: RetainPolicy): boolean {
    if (pinned.some((span) => at >= span.from && at < span.to)) return false
    if (key === '') return true
    const next = pinned.reduce((least, { from }) => (from > at && from < least ? from : least), before)
    if (this.#replaced.get(kind, key, at, seq, next) !== undefined) return true
    // Oldest first: what of this alert could go is gone. While anything of it stays, so does the word that it ended.
    return alert === 'resolved' && this.#others.get(kind, key, seq) === undefined
  }
}
