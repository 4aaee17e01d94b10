import { renameSync, rmSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { type Migration, MIGRATIONS, SCHEMA_VERSION } from './schema.ts'

/**
 * Brings a database from `version` to the newest one, after a copy of it was made; one transaction for all steps, so
 * that a kill leaves the old version. Gives the copy's name, null when there was nothing to do.
 */
export function migrate(
  database: DatabaseSync,
  file: string,
  version: number,
  { migrations = MIGRATIONS, newest = SCHEMA_VERSION }: { migrations?: readonly Migration[]; newest?: number } = {},
): string | null {
  if (version >= newest) return null
  const copy = `${file}.v${version}.bak`
  // Under another name first: a copy that was cut short never looks like a whole one.
  rmSync(`${copy}.part`, { force: true })
  database.prepare('VACUUM INTO ?').run(`${copy}.part`)
  renameSync(`${copy}.part`, copy)
  database.exec('BEGIN IMMEDIATE')
  try {
    for (let at = version; at < newest; at++) {
      const step = migrations.find(({ from }) => from === at)
      if (step === undefined) throw new Error(`There is no way from version ${at} to ${at + 1}`)
      step.apply(database)
    }
    database.exec(`PRAGMA user_version = ${newest}; COMMIT`)
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
  return copy
}
