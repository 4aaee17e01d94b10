import type { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { METRICS } from '@headroom/shared/metrics.ts'
import { until } from '../../testing/until.ts'
import { valuesOf } from '../../testing/values.ts'
import type { PollSource } from '../../types.ts'
import { startPgbouncer, type TestPgbouncer } from '../testing/pgbouncer.ts'
import { openSource, poll, startPostgres, type TestPostgres } from '../testing/postgres-server.ts'

/** A real PgBouncer, with pools of two connections, before a real PostgreSQL. */
let server: TestPostgres
let bouncer: TestPgbouncer
beforeAll(async () => {
  server = await startPostgres()
  await server.run(`CREATE ROLE app LOGIN PASSWORD 'pw' IN ROLE pg_monitor`, 'CREATE DATABASE app OWNER app')
  bouncer = await startPgbouncer(server, { reserve_pool_size: '1', reserve_pool_timeout: '60', max_client_conn: '50' })
})
afterAll(async () => {
  await bouncer[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

function source(given: Partial<Parameters<typeof openSource>[0]> = {}): PollSource {
  const opened = openSource({ url: bouncer.urlOf('stats', 'pw', 'pgbouncer'), ...given })
  onTestFinished(() => opened[Symbol.asyncDispose]())
  return opened
}

async function app(through = bouncer): Promise<Client> {
  const client = await server.connect(through.urlOf('app', 'pw', 'app'))
  onTestFinished(() => client.end().catch(() => undefined))
  return client
}

describe('PgBouncer', () => {
  test('gives its pools: who is served, who waits and for how long, and how many may come', async () => {
    const clients = [await app(), await app(), await app(), await app()]
    const opened = source()
    for (const client of clients.slice(0, 2)) await client.query('BEGIN')
    const waiting = clients.slice(2).map((client) => client.query('SELECT 1'))
    const reading = await until(
      () => poll(opened),
      (one) =>
        valuesOf(one)['db.pool.waiting{pool="app"}'] === 2 &&
        (valuesOf(one)['db.pool.wait_seconds{pool="app"}'] ?? 0) > 0.2,
    )
    expect(reading).toMatchObject({ up: 1 })
    expect(reading.error).toBeUndefined()
    expect(reading.points.filter(({ metric, rate }) => !Object.hasOwn(METRICS, rate ?? metric))).toEqual([])
    expect(valuesOf(reading)).toMatchObject({
      'db.pool.in_use{pool="app"}': 2,
      'db.pool.size{pool="app"}': 2,
      'db.pool.overflow{pool="app"}': 1,
      'db.pool.limit{pool="app"}': 3,
      'db.clients': 5,
      'db.clients.limit': 50,
    })
    expect(Object.keys(valuesOf(reading)).filter((name) => name.includes('pgbouncer'))).toEqual([])
    expect(reading.texts).toEqual([
      { path: 'server', lines: [expect.stringMatching(/^PgBouncer [\d.]+, transaction pooling$/)] },
    ])
    for (const client of clients.slice(0, 2)) await client.query('COMMIT')
    await Promise.all(waiting)
    expect(valuesOf(await poll(opened))).toMatchObject({
      'db.pool.in_use{pool="app"}': 0,
      'db.pool.waiting{pool="app"}': 0,
    })
  })

  test('is known by the option too, whatever database the address names', async () => {
    const opened = source({ url: bouncer.urlOf('stats', 'pw', 'app'), pgbouncer: true })
    expect(valuesOf(await poll(opened))['db.clients']).toBeGreaterThan(0)
  })

  test('PostgreSQL is watched through it, and no session of the pool is changed by that', async () => {
    const opened = source({ url: bouncer.urlOf('app', 'pw', 'app') })
    for (let look = 0; look < 3; look++) {
      const reading = await poll(opened)
      expect(reading.error).toBeUndefined()
      expect(valuesOf(reading)['db.connections.limit']).toBe(97)
    }
    const client = await app()
    for (let time = 0; time < 4; time++) {
      const { rows } = await client.query(
        `SELECT current_setting('statement_timeout') AS timeout, current_setting('transaction_read_only') AS read_only`,
      )
      expect(rows).toEqual([{ timeout: '0', read_only: 'off' }])
    }
  })

  test('names what is wrong: the right that is missing, a wrong password, a database it does not know', async () => {
    const asked = async (given: Partial<Parameters<typeof openSource>[0]>): Promise<unknown> =>
      (await poll(source(given))).error?.code
    expect(await asked({ url: bouncer.urlOf('stranger', 'pw', 'pgbouncer') })).toBe('no_permission')
    expect(await asked({ url: bouncer.urlOf('stats', 'wrong', 'pgbouncer') })).toBe('wrong_password')
    expect(await asked({ url: bouncer.urlOf('nobody', 'pw', 'pgbouncer') })).toBe('wrong_password')
    expect(await asked({ url: bouncer.urlOf('app', 'pw', 'none') })).toBe('no_database')
    const mistaken = await poll(source({ url: server.urlOf('app', 'pw'), pgbouncer: true }))
    expect(mistaken).toMatchObject({
      up: 1,
      error: { code: 'no_database', message: expect.stringContaining('leave out `pgbouncer`') as string },
    })
  })

  test('that lets nobody in any more: its console still does, and who is turned away is told why', async () => {
    const full = await startPgbouncer(server, { max_client_conn: '3' })
    onTestFinished(() => full[Symbol.asyncDispose]())
    const held = [await app(full), await app(full), await app(full)]
    expect(held).toHaveLength(3)
    expect(valuesOf(await poll(source({ url: full.urlOf('stats', 'pw', 'pgbouncer') })))).toMatchObject({
      'db.clients': 4,
      'db.clients.limit': 3,
    })
    const refused = await poll(source({ url: full.urlOf('app', 'pw', 'app') }))
    expect(refused).toMatchObject({ up: 1, error: { code: 'too_many_clients' } })
    expect(refused.error?.message).toContain('max_client_conn')
    expect(valuesOf(refused)).toEqual({ 'db.connections.refused_per_minute': 12 })
  })

  test('says which databases are paused or disabled, and who meets one is told what it may be', async () => {
    const held = await startPgbouncer(server, { admin_users: 'stats', query_wait_timeout: '1' })
    onTestFinished(() => held[Symbol.asyncDispose]())
    const admin = await server.connect(held.urlOf('stats', 'pw', 'pgbouncer'))
    onTestFinished(() => admin.end().catch(() => undefined))
    const lines = async (): Promise<unknown> =>
      (await poll(source({ url: held.urlOf('stats', 'pw', 'pgbouncer') }))).texts[0]?.lines.slice(1)
    expect(await lines()).toEqual([])
    await admin.query('PAUSE app')
    expect(await lines()).toEqual(['PAUSED: app; RESUME lets its clients go on'])
    const met = await poll(source({ url: held.urlOf('app', 'pw', 'app') }))
    expect(met.error?.message).toContain('it is paused')
    await admin.query('RESUME app')
    await admin.query('DISABLE app')
    expect(await lines()).toEqual(['DISABLED: app; ENABLE lets clients in again'])
  })

  test('passes on that the server behind it is full, and says which settings it takes not', async () => {
    const before = await startPgbouncer(server)
    onTestFinished(() => before[Symbol.asyncDispose]())
    await server.run('ALTER ROLE app CONNECTION LIMIT 0')
    onTestFinished(() => server.run('ALTER ROLE app CONNECTION LIMIT -1'))
    const url = before.urlOf('app', 'pw', 'app')
    expect((await poll(source({ url }))).error).toMatchObject({ code: 'connection_limit' })
    const options = await poll(source({ url: `${url}?options=-c%20work_mem%3D1MB` }))
    expect(options.error?.message).toContain('ignore_startup_parameters')
  })

  test('whose server is gone says so, and its pools are still told', async () => {
    const other = await startPostgres()
    const lonely = await startPgbouncer(other, { server_login_retry: '1', query_wait_timeout: '1' })
    onTestFinished(async () => {
      await lonely[Symbol.asyncDispose]()
      await other[Symbol.asyncDispose]()
    })
    await other.daemon.end('SIGQUIT')
    const through = await poll(source({ url: lonely.urlOf('app', 'pw', 'app') }))
    expect(through).toMatchObject({ up: 0, error: { code: 'unreachable' } })
    expect((await poll(source({ url: lonely.urlOf('stats', 'pw', 'pgbouncer') }))).error).toBeUndefined()
  })
})
