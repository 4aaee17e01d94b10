import { chmodSync, existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { FakeClock } from '../../lib/fake-clock.ts'
import { alertEvent, MINUTE, put, someSeries, START, steady } from '../contract/parts.ts'
import { NewerDataError, StoreOpenError } from '../open-error.ts'
import type { Store } from '../types.ts'
import { migrate } from './migrate.ts'
import { openSqliteStore } from './open-store.ts'
import { SCHEMA_VERSION } from './schema.ts'
import { temporaryFolder } from './testing/folder.ts'

const open = (folder: string): Promise<Store> => openSqliteStore({ folder, clock: new FakeClock(), synchronous: 'OFF' })

async function filled(folder: string): Promise<string> {
  await using store = await open(folder)
  const [id = 0] = await someSeries(store, 1)
  for (const sample of steady(id, START, START + 3_600_000)) await put(store, [sample])
  return join(folder, 'headroom.db')
}

test('[SQ11] new, then opened; an empty file is new', async () => {
  using folder = temporaryFolder()
  const inner = join(folder.path, 'not', 'there')
  {
    await using first = await open(inner)
    expect(first.report).toEqual({ kind: 'new' })
  }
  await using again = await open(inner)
  expect(again.report).toEqual({ kind: 'opened' })
  writeFileSync(join(folder.path, 'headroom.db'), '')
  await using empty = await open(folder.path)
  expect(empty.report).toEqual({ kind: 'new' })
})

const DAMAGE: Record<string, (file: string) => void> = {
  'its header is overwritten': (file) => writeFileSync(file, 'this is no database', { flag: 'r+' }),
  'it is cut short': (file) => truncateSync(file, 9000),
  'pages are overwritten': (file) => {
    const bytes = readFileSync(file)
    bytes.fill(0xaa, 4096, bytes.length)
    writeFileSync(file, bytes)
  },
  "it is another program's": (file) => {
    using database = new DatabaseSync(file)
    database.exec('PRAGMA application_id = 1')
  },
  'its last ticks are garbage': (file) => {
    using database = new DatabaseSync(file)
    database.exec("UPDATE head SET data = x'ffffff'")
  },
}

test.each(Object.keys(DAMAGE))('[SQ4] a store is set aside when %s', async (kind) => {
  using folder = temporaryFolder()
  const file = await filled(folder.path)
  DAMAGE[kind]?.(file)
  await using store = await open(folder.path)
  expect(store.report).toMatchObject({ kind: 'set-aside', file: `${file}.corrupt-2026-11-25T08-00-00` })
  expect(existsSync(`${file}.corrupt-2026-11-25T08-00-00`)).toBe(true)
  const [id = 0] = await someSeries(store, 1)
  await put(store, [{ series: id, at: START, value: 1 }])
})

test('[SQ4] a second damaged file does not replace the first', async () => {
  using folder = temporaryFolder()
  for (let round = 0; round < 2; round++) {
    writeFileSync(join(folder.path, 'headroom.db'), 'garbage')
    await (await open(folder.path))[Symbol.asyncDispose]()
  }
  expect(readdirSync(folder.path).filter((name) => name.includes('corrupt'))).toHaveLength(2)
})

test('[SQ5] a newer version is refused and not touched', async () => {
  using folder = temporaryFolder()
  const file = await filled(folder.path)
  {
    using database = new DatabaseSync(file)
    database.exec(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`)
  }
  const before = readFileSync(file)
  const error = await open(folder.path).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(NewerDataError)
  expect(error).toMatchObject({
    code: 'newer',
    found: SCHEMA_VERSION + 1,
    supported: SCHEMA_VERSION,
    message: expect.stringContaining('--data') as string,
  })
  expect(readFileSync(file).equals(before)).toBe(true)
})

test('[SQ6] a copy is made before migrating, a failure leaves the old version', async () => {
  using folder = temporaryFolder()
  const file = await filled(folder.path)
  using database = new DatabaseSync(file)
  const version = (): unknown => database.prepare('PRAGMA user_version').get()?.['user_version']
  const newest = SCHEMA_VERSION + 1
  const broken = {
    from: SCHEMA_VERSION,
    apply: (into: DatabaseSync): void => into.exec('CREATE TABLE more (a); CREATE TABLE head (a)'),
  }
  expect(() => migrate(database, file, SCHEMA_VERSION, { migrations: [broken], newest })).toThrow(/head/)
  expect(version()).toBe(SCHEMA_VERSION)
  const good = { from: SCHEMA_VERSION, apply: (into: DatabaseSync): void => into.exec('CREATE TABLE more (a)') }
  const copy = migrate(database, file, SCHEMA_VERSION, { migrations: [good], newest })
  expect(copy).toBe(`${file}.v${SCHEMA_VERSION}.bak`)
  expect(version()).toBe(newest)
  using copied = new DatabaseSync(copy ?? '')
  expect(copied.prepare('PRAGMA user_version').get()?.['user_version']).toBe(SCHEMA_VERSION)
  expect(copied.prepare('SELECT count(*) AS n FROM series').get()?.['n']).toBe(1)
})

test('[SQ7] a folder that is a file cannot be used', async () => {
  using folder = temporaryFolder()
  const file = join(folder.path, 'file')
  writeFileSync(file, '')
  const error = await open(file).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(StoreOpenError)
  expect(error).toMatchObject({ code: 'unwritable', message: expect.stringContaining('--data') as string })
})

// Root may write everywhere.
test.skipIf(process.getuid?.() === 0)('[SQ7] a folder without permission cannot be used', async () => {
  using folder = temporaryFolder()
  chmodSync(folder.path, 0o500)
  expect(await open(folder.path).catch((thrown: unknown) => thrown)).toMatchObject({ code: 'unwritable' })
})

test('[SQ13] a database of version 1 knows, once migrated, which alerts were open', async () => {
  using folder = temporaryFolder()
  const file = join(folder.path, 'headroom.db')
  {
    await using store = await open(folder.path)
    await put(store, [], [alertEvent(1, START, 'a', 'firing'), alertEvent(2, START, 'b', 'firing')])
    await put(store, [], [alertEvent(3, START + 1, 'a', 'resolved')])
  }
  {
    using database = new DatabaseSync(file)
    database.exec('DROP TABLE alert_span; DROP INDEX event_line; PRAGMA user_version = 1')
  }
  await using store = await open(folder.path)
  expect(store.report).toMatchObject({ kind: 'migrated', from: 1, to: SCHEMA_VERSION })
  const seqs = async (at: number): Promise<number[]> => (await store.openAlerts(at)).map(({ seq }) => seq)
  expect([await seqs(START), await seqs(START + MINUTE)]).toEqual([[1, 2], [2]])
})

test('[SQ14] a database of version 2 is given the index of the lines of patterns', async () => {
  using folder = temporaryFolder()
  const file = join(folder.path, 'headroom.db')
  const line = { seq: 1, at: START, kind: 'log', level: 'warning', text: 'x', system: 'a', pattern: 'p' } as const
  {
    await using store = await open(folder.path)
    await put(store, [], [line])
  }
  {
    using database = new DatabaseSync(file)
    database.exec('DROP INDEX event_line; PRAGMA user_version = 2')
  }
  {
    await using store = await open(folder.path)
    expect(store.report).toMatchObject({ kind: 'migrated', from: 2, to: SCHEMA_VERSION })
    expect(await store.events({ pattern: 'p', limit: 10 })).toEqual([line])
  }
  using database = new DatabaseSync(file)
  expect(database.prepare("SELECT name FROM sqlite_schema WHERE name = 'event_line'").all()).toHaveLength(1)
})
