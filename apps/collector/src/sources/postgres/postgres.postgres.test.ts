import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { METRICS } from '@headroom/shared/metrics.ts'
import type { Client } from 'pg'
import { systemClock } from '../../lib/clock.ts'
import { codeIn } from '../testing/document.ts'
import { until } from '../testing/until.ts'
import { valuesOf } from '../testing/values.ts'
import type { PollSource } from '../types.ts'
import { openSource, poll, startPostgres, type TestPostgres } from './testing/postgres-server.ts'

/** A real PostgreSQL of 20 connections, 3 of them for superusers. */
let server: TestPostgres
beforeAll(async () => {
  server = await startPostgres('max_connections=20', 'superuser_reserved_connections=3', 'deadlock_timeout=100ms')
  await server.run(
    `CREATE ROLE app LOGIN PASSWORD 'pw'`,
    `CREATE ROLE watcher LOGIN PASSWORD 'pw' IN ROLE pg_monitor`,
    `CREATE ROLE stranger LOGIN PASSWORD 'pw'`,
    'CREATE DATABASE app OWNER app',
  )
  await withClient(server.urlOf('app', 'pw', 'app'), async (client) => {
    await client.query('CREATE TABLE jobs (id int PRIMARY KEY, state text)')
    await client.query(`INSERT INTO jobs SELECT id, 'new' FROM generate_series(1, 100) id`)
  })
})
afterAll(() => server[Symbol.asyncDispose]())

async function withClient(url: string, use: (client: Client) => Promise<void>): Promise<void> {
  const client = await server.connect(url)
  try {
    await use(client)
  } finally {
    await client.end()
  }
}

/** A connection of the application, ended when the test is over. */
async function app(): Promise<Client> {
  const client = await server.connect(server.urlOf('app', 'pw', 'app'))
  onTestFinished(() => client.end().catch(() => undefined))
  return client
}

function source(given: Partial<Parameters<typeof openSource>[0]> = {}): PollSource {
  const opened = openSource({ url: server.urlOf('watcher', 'pw', 'app'), ...given })
  onTestFinished(() => opened[Symbol.asyncDispose]())
  return opened
}

function values(of: PollSource, isSo: (found: Record<string, number>) => boolean): Promise<Record<string, number>> {
  return until(async () => valuesOf(await poll(of)), isSo)
}

const connections = (found: Record<string, number>): number =>
  Object.entries(found).reduce((sum, [name, value]) => sum + (name.startsWith('db.connections{') ? value : 0), 0)

describe('a server', () => {
  test('gives its connections by state against what ordinary roles may use, in metrics of the catalogue', async () => {
    const clients = [await app(), await app(), await app()]
    await clients[0]?.query('BEGIN; SELECT 1')
    const reading = await poll(source())
    expect(reading).toMatchObject({ up: 1, leftOut: 0 })
    expect(reading.error).toBeUndefined()
    expect(reading.points.filter(({ metric, rate }) => !Object.hasOwn(METRICS, rate ?? metric))).toEqual([])
    const found = valuesOf(reading)
    expect(found).toMatchObject({
      'db.connections.limit': 17,
      'db.connections{state="active"}': 0,
      'db.connections{state="idle in transaction"}': 1,
      // Two of the application, and ours, which is idle but for its question.
      'db.connections{state="idle"}': 3,
      'db.locks.waiting': 0,
      'db.connections.refused_per_minute': 0,
      'db.deadlocks_per_minute': 0,
    })
    expect(found['db.size_bytes']).toBeGreaterThan(1_000_000)
    expect(found['db.uptime_seconds']).toBeGreaterThan(0)
    expect(reading.texts).toEqual([
      { path: 'server', lines: [expect.stringMatching(/^PostgreSQL \d+\.\d+, primary$/)] },
    ])
  })

  test('an open transaction, and how long it idles', async () => {
    const client = await app()
    await client.query('BEGIN')
    await client.query('SELECT pg_sleep(0.6)')
    const found = await values(source(), (now) => (now['db.transaction.idle_seconds'] ?? 0) > 0.1)
    expect(found['db.transaction.longest_seconds']).toBeGreaterThan(0.6)
    expect(found['db.transaction.longest_seconds']).toBeGreaterThan(found['db.transaction.idle_seconds'] ?? Infinity)
    await client.query('COMMIT')
    expect(valuesOf(await poll(source()))).toMatchObject({
      'db.transaction.longest_seconds': 0,
      'db.transaction.idle_seconds': 0,
      'db.connections{state="idle in transaction"}': 0,
    })
  })

  test('a wait for a lock', async () => {
    const [holds, waits] = [await app(), await app()]
    await holds.query('BEGIN')
    await holds.query(`UPDATE jobs SET state = 'held' WHERE id = 1`)
    const waiting = waits.query(`UPDATE jobs SET state = 'waited' WHERE id = 1`)
    const found = await values(
      source(),
      (now) => now['db.locks.waiting'] === 1 && (now['db.locks.longest_seconds'] ?? 0) > 0.1,
    )
    expect(found['db.connections{state="active"}']).toBe(1)
    await holds.query('ROLLBACK')
    await waiting
    expect(valuesOf(await poll(source()))).toMatchObject({ 'db.locks.waiting': 0, 'db.locks.longest_seconds': 0 })
  })

  test('a deadlock', async () => {
    const opened = source()
    const before = valuesOf(await poll(opened))['db.deadlocks_per_minute'] ?? 0
    const [one, other] = [await app(), await app()]
    for (const [client, id] of [
      [one, 1],
      [other, 2],
    ] as const) {
      await client.query('BEGIN')
      await client.query('UPDATE jobs SET state = state WHERE id = $1', [id])
    }
    const both = await Promise.allSettled([
      one.query('UPDATE jobs SET state = state WHERE id = 2'),
      other.query('UPDATE jobs SET state = state WHERE id = 1'),
    ])
    expect(both.filter(({ status }) => status === 'rejected')).toHaveLength(1)
    await Promise.all([one.query('ROLLBACK'), other.query('ROLLBACK')])
    await Promise.all([one.end(), other.end()])
    await values(opened, (now) => now['db.deadlocks_per_minute'] === before + 1)
  })

  test('only reads, as one named connection, and leaves nothing behind in its session', async () => {
    const opened = source()
    for (let look = 0; look < 3; look++) await poll(opened)
    await withClient(server.url, async (client) => {
      const { rows } = await client.query<Record<string, unknown>>(
        `SELECT state, query, backend_xid FROM pg_stat_activity WHERE application_name = 'headroom'`,
      )
      expect(rows).toEqual([
        { state: 'idle', query: expect.stringContaining('READ ONLY') as string, backend_xid: null },
      ])
    })
  })
})

describe('a full server', () => {
  test('watched since before, goes on being read; begun when it is full, it is itself the reading', async () => {
    const before = source()
    await values(before, (found) => connections(found) === 1)
    const held: Client[] = []
    while (held.length < 16) held.push(await app())
    const full = valuesOf(await poll(before))
    expect(connections(full)).toBe(17)
    expect(full['db.connections.limit']).toBe(17)

    const after = source()
    const refused = await poll(after)
    expect(refused).toMatchObject({ up: 1, error: { code: 'too_many_connections' } })
    expect(refused.error?.message).toContain('SQLSTATE 53300')
    // Nothing was known of the limit before.
    expect(valuesOf(refused)).toEqual({ 'db.connections.refused_per_minute': 12 })
  })

  test('that drops us and lets us in no more has as many connections as it may have', async () => {
    let ahead = 0
    const clock = { ...systemClock, monotonic: () => performance.now() + ahead }
    const opened = source({ clock })
    const held: Client[] = []
    await values(opened, (found) => connections(found) === 1)
    for (let count = 0; count < 10; count++) held.push(await app())
    expect(connections(valuesOf(await poll(opened)))).toBe(11)
    await withClient(server.url, async (client) => {
      await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'headroom'`)
    })
    while (held.length < 17) held.push(await app())
    const refused = await poll(opened)
    expect(refused).toMatchObject({ up: 1, error: { code: 'too_many_connections' } })
    // Those whose state was just known are still said elsewhere: together it is the limit.
    expect(valuesOf(refused)).toEqual({
      'db.connections{state="unknown"}': 17 - 11,
      'db.connections.limit': 17,
      'db.connections.refused_per_minute': 12,
    })
    ahead = 60_000
    expect(valuesOf(await poll(opened))['db.connections{state="unknown"}']).toBe(17)
    await Promise.all(held.map((client) => client.end()))
    const again = await values(opened, (found) => connections(found) === 1)
    expect(again).toMatchObject({ 'db.connections{state="unknown"}': 0, 'db.connections.refused_per_minute': 0 })
  })

  test('is told from a role that has used up its own', async () => {
    await server.run(`CREATE ROLE narrow LOGIN PASSWORD 'pw' CONNECTION LIMIT 0`)
    expect(await poll(source({ url: server.urlOf('narrow', 'pw') }))).toMatchObject({
      up: 1,
      error: { code: 'connection_limit', message: expect.stringContaining('ALTER ROLE') as string },
      points: [],
    })
  })
})

describe('signing in', () => {
  test('a wrong password, none, a user and a database that there are not', async () => {
    const asked = async (url: string): Promise<unknown> => {
      const { up, error } = await poll(source({ url }))
      return [up, error?.code]
    }
    expect(await asked(server.urlOf('watcher', 'wrong'))).toEqual([1, 'wrong_password'])
    expect(await asked(server.urlOf('nobody', 'pw'))).toEqual([1, 'wrong_password'])
    expect(await asked(`postgres://watcher@127.0.0.1:${server.port}/app`)).toEqual([1, 'no_password'])
    expect(await asked(server.urlOf('watcher', 'pw', 'none'))).toEqual([1, 'no_database'])
    await server.run('CREATE DATABASE shut', 'REVOKE CONNECT ON DATABASE shut FROM public')
    expect(await asked(server.urlOf('watcher', 'pw', 'shut'))).toEqual([1, 'not_allowed'])
    const nameless = await poll(source({ url: `postgres://watcher:pw@127.0.0.1:${server.port}` }))
    expect(nameless.error?.message).toContain('names no database')
  })

  test('a password with special characters, bare, encoded, or beside the address', async () => {
    for (const given of [
      { url: `postgres://owner:p@ss:w/ord@127.0.0.1:${server.port}/app` },
      { url: server.url },
      { url: `postgres://127.0.0.1:${server.port}/app`, username: 'owner', password: 'p@ss:w/ord' },
    ])
      expect((await poll(source(given))).error).toBeUndefined()
  })

  test('a user who does not see what others do: how many they are is given, and the right that is missing is named', async () => {
    await app()
    const reading = await poll(source({ url: server.urlOf('stranger', 'pw', 'app') }))
    expect(reading).toMatchObject({ up: 1, error: { code: 'no_permission' } })
    expect(reading.error?.message).toContain('GRANT pg_monitor TO stranger')
    const found = valuesOf(reading)
    expect(found).toMatchObject({
      'db.connections{state="unknown"}': 1,
      'db.connections{state="idle"}': 1,
      'db.connections.limit': 17,
    })
    // None that is active would be a lie: what the other one does is not known.
    expect(Object.keys(found)).not.toContain('db.connections{state="active"}')
    expect(Object.keys(found).filter((name) => /^db\.(transaction\.|locks)/.test(name))).toEqual([])
  })

  test('over the socket in the file system', async () => {
    const url = `postgres://owner@/app?host=${server.folder}&port=${server.port}`
    expect((await poll(source({ url, password: 'p@ss:w/ord' }))).error).toBeUndefined()
    expect(await poll(source({ url: 'postgres:///app?host=/nowhere' }))).toMatchObject({
      up: 0,
      error: { code: 'refused' },
    })
  })

  test('no reason repeats a password', async () => {
    const readings = [
      await poll(source({ url: server.urlOf('watcher', 's3cr3t') })),
      await poll(source({ url: 'postgres://ada:s3cr3t@127.0.0.1:1/x' })),
      await poll(source({ url: server.urlOf('watcher', 's3cr3t', 'none') })),
    ]
    for (const reading of readings) {
      expect(reading.error).toBeDefined()
      expect(JSON.stringify(reading)).not.toContain('s3cr3t')
    }
  })
})

describe('the statements of docs/sources/postgres.md', () => {
  test('make a user who sees everything there is to watch, and nothing else', async () => {
    const [statements = ''] = await codeIn('postgres.md', 'sql')
    expect(statements).toContain('GRANT pg_monitor TO headroom')
    await server.run(
      ...statements.split(';\n').filter((statement) => statement.trim() !== ''),
      'CREATE TABLE private (id int)',
    )
    const url = server.urlOf('headroom', 'PASSWORD')
    const reading = await poll(source({ url }))
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
})
