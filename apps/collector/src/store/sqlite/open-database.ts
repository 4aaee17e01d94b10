import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Clock } from '../../lib/clock.ts'
import { NewerDataError, StoreOpenError } from '../open-error.ts'
import type { OpenReport } from '../types.ts'
import { isCorrupt, isFull, messageOf } from './failure.ts'
import { migrate } from './migrate.ts'
import { APPLICATION_ID, SCHEMA, SCHEMA_VERSION } from './schema.ts'
import { setAside } from './set-aside.ts'

export type Synchronous = 'FULL' | 'NORMAL' | 'OFF'
export type OpenedDatabase = { database: DatabaseSync; report: OpenReport }

/** Larger databases are not read through at each start: that takes seconds a gigabyte. Damage shows when it is met. */
const CHECKED_BYTES = 128 * 1024 * 1024

/** Opens or begins the database, brings it to this version, and sets a damaged one aside. */
export function openDatabase(file: string, clock: Clock, synchronous: Synchronous): OpenedDatabase {
  try {
    prepareFolder(file)
    const reason = existsSync(file) ? damage(file) : null
    const aside = reason === null ? null : setAside(file, clock.now())
    const opened = openSound(file, synchronous)
    return reason === null || aside === null
      ? opened
      : { ...opened, report: { kind: 'set-aside', reason, file: aside } }
  } catch (error) {
    throw openError(file, error)
  }
}

function prepareFolder(file: string): void {
  mkdirSync(dirname(file), { recursive: true })
  accessSync(dirname(file), constants.W_OK | constants.X_OK)
  if (existsSync(file)) accessSync(file, constants.R_OK | constants.W_OK)
}

/** What is wrong with the file; null when nothing is. A newer version is somebody's good data, and refused. */
function damage(file: string): string | null {
  if (statSync(file).size === 0) return null
  using database = new DatabaseSync(file)
  try {
    const application = pragma(database, 'application_id')
    const version = pragma(database, 'user_version')
    // Killed before the first transaction: there are pages, but no tables.
    if (application === 0 && version === 0 && pragma(database, 'schema_version') === 0) return null
    if (application !== APPLICATION_ID) return 'it is not a Headroom database'
    if (version > SCHEMA_VERSION) throw new NewerDataError(file, version, SCHEMA_VERSION)
    if (statSync(file).size > CHECKED_BYTES) return null
    const found = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check']
    return found === 'ok' ? null : `the check found: ${String(found)}`
  } catch (error) {
    if (isCorrupt(error)) return messageOf(error)
    throw error
  }
}

function openSound(file: string, synchronous: Synchronous): OpenedDatabase {
  const database = new DatabaseSync(file)
  try {
    // Must come before the first table, and before WAL.
    if (pragma(database, 'schema_version') === 0)
      database.exec('PRAGMA page_size = 4096; PRAGMA auto_vacuum = INCREMENTAL')
    database.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous}; PRAGMA journal_size_limit = 16777216; PRAGMA temp_store = MEMORY`,
    )
    const version = pragma(database, 'user_version')
    if (version === 0) {
      database.exec(
        `BEGIN; ${SCHEMA}; PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT`,
      )
      return { database, report: { kind: 'new' } }
    }
    const copy = migrate(database, file, version)
    return {
      database,
      report: copy === null ? { kind: 'opened' } : { kind: 'migrated', from: version, to: SCHEMA_VERSION, copy },
    }
  } catch (error) {
    database.close()
    throw error
  }
}

function pragma(database: DatabaseSync, name: string): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0)
}

function openError(file: string, error: unknown): unknown {
  if (error instanceof StoreOpenError) return error
  const folder = dirname(file)
  if (isFull(error))
    return new StoreOpenError(
      'full',
      `The disk of ${folder} is full: free some space, or give another data folder with --data.`,
      error,
    )
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM' || code === 'ENOTDIR' || code === 'EEXIST') {
    return new StoreOpenError(
      'unwritable',
      `${folder} cannot be written to (${messageOf(error)}): change its permissions, or give another data folder with --data.`,
      error,
    )
  }
  return new StoreOpenError('io', `${file} cannot be opened: ${messageOf(error)}`, error)
}
