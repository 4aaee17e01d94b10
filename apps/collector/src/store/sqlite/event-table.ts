import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import { type Event, eventKey, type EventKind, eventSystem } from '@headroom/shared/model/event.ts'
import type { EventQuery } from '../types.ts'
import type { AlertSpans } from './alert-spans.ts'

/**
 * The newest event at or before a moment of each key. The first part hops from key to key along the index, so that it
 * costs a look-up per key, not per event.
 */
const STATE_AT = `
  WITH RECURSIVE keys (key) AS (
    SELECT min(key) FROM event WHERE kind = :kind AND key > ''
    UNION ALL
    SELECT (SELECT min(key) FROM event WHERE kind = :kind AND key > keys.key) FROM keys WHERE keys.key IS NOT NULL
  )
  SELECT event.body FROM keys JOIN event ON event.seq = (
    SELECT seq FROM event AS newest WHERE newest.kind = :kind AND newest.key = keys.key AND newest.at <= :at ORDER BY at DESC, seq DESC LIMIT 1
  ) ORDER BY event.seq`

/** The kept lines of a pattern, of which there may be few among very many events. */
export const LINES_OF_PATTERNS = `CREATE INDEX event_line ON event (body ->> '$.pattern', system, seq) WHERE kind = 'log';`
/** In the words of that index, or it is not used. */
const OF_PATTERN = "kind = 'log' AND body ->> '$.pattern' = ?"

export class EventTable {
  #database: DatabaseSync
  #insert
  #stateAt
  #spans
  /** By the text of the conditions: there are few combinations. */
  #queries = new Map<string, StatementSync>()

  constructor(database: DatabaseSync, spans: AlertSpans) {
    this.#database = database
    this.#insert = database.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)')
    this.#stateAt = database.prepare(STATE_AT)
    this.#spans = spans
  }

  /** Part of a commit's transaction. */
  insert(event: Event): void {
    this.#spans.note(event)
    this.#insert.run(
      event.seq,
      event.at,
      event.kind,
      eventKey(event),
      eventSystem(event) ?? null,
      JSON.stringify(event),
    )
  }

  stateAt(kind: EventKind, at: number): Event[] {
    return this.#stateAt.all({ kind, at }).map((row) => parseEvent(row['body']))
  }

  openAlertsAt(at: number): Event[] {
    return this.#spans.openAt(at).map(parseEvent)
  }

  query(query: EventQuery): Event[] {
    const conditions: [condition: string, value: SQLInputValue][] = []
    if (query.after !== undefined) conditions.push(['seq > ?', query.after])
    if (query.from !== undefined) conditions.push(['at >= ?', query.from])
    if (query.to !== undefined) conditions.push(['at <= ?', query.to])
    if (query.before !== undefined) conditions.push(['at < ?', query.before])
    if (query.system !== undefined) conditions.push(['system = ?', query.system])
    if (query.kinds !== undefined)
      conditions.push(['kind IN (SELECT value FROM json_each(?))', JSON.stringify(query.kinds)])
    if (query.pattern !== undefined) conditions.push([OF_PATTERN, query.pattern])
    const where = conditions.map(([condition]) => condition).join(' AND ')
    const order = query.order === 'desc' ? 'DESC' : 'ASC'
    const sql = `SELECT body FROM event ${where === '' ? '' : `WHERE ${where}`} ORDER BY seq ${order} LIMIT ?`
    return this.#prepared(sql)
      .all(...conditions.map(([, value]) => value), query.limit)
      .map((row) => parseEvent(row['body']))
  }

  #prepared(sql: string): StatementSync {
    const known = this.#queries.get(sql)
    if (known !== undefined) return known
    const statement = this.#database.prepare(sql)
    this.#queries.set(sql, statement)
    return statement
  }
}

/** The table holds only what `insert` wrote, so it is not parsed by schema again: an older form stays readable. */
function parseEvent(body: unknown): Event {
  return JSON.parse(String(body)) as Event
}
