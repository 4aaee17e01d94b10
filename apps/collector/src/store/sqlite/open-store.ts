import { join } from 'node:path'
import type { Clock } from '../../lib/clock.ts'
import { type Logger, silentLogger } from '../../telemetry/logger.ts'
import type { Store } from '../types.ts'
import { type OpenedDatabase, openDatabase, type Synchronous } from './open-database.ts'
import { isCorrupt } from './failure.ts'
import { setAside } from './set-aside.ts'
import { SqliteStore } from './sqlite-store.ts'

export type SqliteStoreOptions = { folder: string; clock: Clock; log?: Logger; synchronous?: Synchronous }

/** Opens the store in a folder, which is made where it is missing. Throws StoreOpenError where it cannot be used. */
export async function openSqliteStore({
  folder,
  clock,
  log = silentLogger,
  synchronous = 'FULL',
}: SqliteStoreOptions): Promise<Store> {
  const file = join(folder, 'headroom.db')
  const opened = openDatabase(file, clock, synchronous)
  const store = started(opened, file) ?? restarted(file, clock, synchronous)
  log.log(store.report.kind === 'set-aside' ? 'error' : 'info', `Store ${store.report.kind}`, { file, ...store.report })
  return store
}

/** Null where a part that the check did not look into turns out to be damaged. */
function started({ database, report }: OpenedDatabase, file: string): SqliteStore | null {
  try {
    return new SqliteStore(database, file, report)
  } catch (error) {
    database.close()
    if (isCorrupt(error) || error instanceof RangeError) return null
    throw error
  }
}

function restarted(file: string, clock: Clock, synchronous: Synchronous): SqliteStore {
  const aside = setAside(file, clock.now())
  const { database } = openDatabase(file, clock, synchronous)
  return new SqliteStore(database, file, {
    kind: 'set-aside',
    reason: 'what it recorded last cannot be read',
    file: aside,
  })
}
