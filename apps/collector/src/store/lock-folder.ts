import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { FolderInUseError, StoreOpenError } from './open-error.ts'

const BUSY = 5
const CORRUPT = 11
const NOT_A_DATABASE = 26

/**
 * Takes a data folder for this process until disposed. The lock is the operating system's, held through SQLite on a
 * file of its own: it goes with the process, however that ends. The process id stands in a file beside it, for the message.
 */
export function lockFolder(folder: string): Disposable {
  const pidFile = join(folder, 'lock.pid')
  let database: DatabaseSync | undefined
  try {
    mkdirSync(folder, { recursive: true })
    database = new DatabaseSync(join(folder, 'lock.db'), { timeout: 0 })
    database.exec('BEGIN EXCLUSIVE')
    writeFileSync(pidFile, `${process.pid}\n`)
  } catch (error) {
    database?.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === BUSY)
      throw new FolderInUseError(folder, readPid(pidFile))
    throw lockError(folder, error)
  }
  const held = database
  return {
    [Symbol.dispose]: () => {
      if (held.isOpen) held.close()
    },
  }
}

function readPid(file: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10)
    return Number.isInteger(pid) ? pid : null
  } catch {
    return null
  }
}

function lockError(folder: string, error: unknown): StoreOpenError {
  const why = error instanceof Error ? error.message : String(error)
  if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') {
    return new StoreOpenError(
      'full',
      `The disk of ${folder} is full: free some space, or give another data folder with --data.`,
      error,
    )
  }
  if (error instanceof Error && 'errcode' in error && (error.errcode === NOT_A_DATABASE || error.errcode === CORRUPT)) {
    const file = join(folder, 'lock.db')
    return new StoreOpenError(
      'io',
      `${file}, which holds nothing but the lock of the folder, is damaged: if no other collector runs on ${folder}, delete that file and start again.`,
      error,
    )
  }
  return new StoreOpenError(
    'unwritable',
    `${folder} cannot be written to (${why}): change its permissions, or give another data folder with --data.`,
    error,
  )
}
