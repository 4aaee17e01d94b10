import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { codeIn } from '../testing/document.ts'
import { valuesOf } from '../testing/values.ts'
import { openSource, poll, startPostgres, type TestPostgres } from './testing/postgres-server.ts'

/** The statements that docs/sources/postgres.md says are enough, run on a real server. */
let server: TestPostgres
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server[Symbol.asyncDispose]())

test('make a user who sees everything there is to watch, and nothing else', async () => {
  const [statements = ''] = await codeIn('postgres.md', 'sql')
  expect(statements).toContain('GRANT pg_monitor TO headroom')
  await server.run(
    ...statements.split(';\n').filter((statement) => statement.trim() !== ''),
    'CREATE TABLE private (id int)',
  )
  const url = server.urlOf('headroom', 'PASSWORD')
  const source = openSource({ url })
  onTestFinished(() => source[Symbol.asyncDispose]())
  const reading = await poll(source)
  expect(reading.error).toBeUndefined()
  expect(Object.keys(valuesOf(reading))).toEqual(
    expect.arrayContaining([
      'db.connections.limit',
      'db.transaction.longest_seconds',
      'db.locks.waiting',
      'db.size_bytes',
    ]),
  )
  const client = await server.connect(url)
  onTestFinished(() => client.end())
  await expect(client.query('SELECT * FROM private')).rejects.toThrow('permission denied')
})

test('name a role for reserved connections that servers of its version know', async () => {
  const [, reserved = ''] = await codeIn('postgres.md', 'sql')
  expect(reserved).toContain('pg_use_reserved_connections')
  const client = await server.connect()
  onTestFinished(() => client.end())
  const { rows } = await client.query<{ known: boolean; version: number }>(
    `SELECT exists(SELECT FROM pg_roles WHERE rolname = 'pg_use_reserved_connections') AS known,
            current_setting('server_version_num')::int / 10000 AS version`,
  )
  expect(rows[0]?.known).toBe((rows[0]?.version ?? 0) >= 16)
})
