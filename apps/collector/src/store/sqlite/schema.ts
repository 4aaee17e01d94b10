import type { DatabaseSync } from 'node:sqlite'
import { ALERT_SPANS, fillAlertSpans } from './alert-spans.ts'
import { LINES_OF_PATTERNS } from './event-table.ts'

/** "HDRM": tells a Headroom database from any other SQLite file. */
export const APPLICATION_ID = 0x4844524d
export const SCHEMA_VERSION = 3

/**
 * `head`: one row per tick, kept until every sample of it is in a chunk. `samples` and `oldest` are the totals after it.
 * `closed`: of head rows up to `head`, what is in windows that end by `before` is in chunks, or was forgotten.
 * `chunk`: the key is (day, series, five minutes), see windows.ts; `count` samples are in `data`.
 */
export const SCHEMA = `
  CREATE TABLE head (id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, at INTEGER NOT NULL, samples INTEGER NOT NULL, oldest INTEGER, data BLOB NOT NULL) STRICT;
  CREATE TABLE closed (id INTEGER PRIMARY KEY CHECK (id = 1), head INTEGER NOT NULL, before INTEGER NOT NULL) STRICT;
  CREATE TABLE chunk (id INTEGER PRIMARY KEY, count INTEGER NOT NULL, data BLOB NOT NULL) STRICT;
  CREATE TABLE series (id INTEGER PRIMARY KEY, system TEXT NOT NULL, source TEXT NOT NULL, metric TEXT NOT NULL, labels TEXT NOT NULL, unit TEXT NOT NULL,
    UNIQUE (system, source, metric, labels)) STRICT;
  CREATE TABLE event (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, system TEXT, body TEXT NOT NULL) STRICT;
  CREATE INDEX event_state ON event (kind, key, at, seq);
  CREATE INDEX event_time ON event (at, seq);
  CREATE TABLE document (name TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT;
  ${ALERT_SPANS}
  ${LINES_OF_PATTERNS}
`

/** One step of the schema: brings a database of version `from` to `from + 1`. */
export type Migration = { from: number; apply: (database: DatabaseSync) => void }

/** In order. A change of the schema is a line here, a new SCHEMA_VERSION, and the changed SCHEMA above. */
export const MIGRATIONS: readonly Migration[] = [
  // And since then a configuration is kept as what changed of it, which an older program would not understand.
  { from: 1, apply: fillAlertSpans },
  { from: 2, apply: (database) => database.exec(LINES_OF_PATTERNS) },
]
