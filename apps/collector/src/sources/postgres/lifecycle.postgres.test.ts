import { chmod, chown, readFile, writeFile } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { Daemon, serverFolder } from '../testing/daemon.ts'
import { freePort } from '../testing/free-port.ts'
import { selfSigned } from '../testing/self-signed.ts'
import { serve } from '../testing/serve.ts'
import { until } from '../testing/until.ts'
import { valuesOf } from '../testing/values.ts'
import type { PollSource } from '../types.ts'
import { openSource, poll, program, startPostgres, type TestPostgres } from './testing/postgres-server.ts'

/** A server that starts, stops, hangs and breaks. */
let server: TestPostgres

function source(given: Partial<Parameters<typeof openSource>[0]> = {}): PollSource {
  const opened = openSource({ url: server.url, ...given })
  onTestFinished(() => opened[Symbol.asyncDispose]())
  return opened
}

/** The process of the server that serves a client of this name. */
async function pidOf(name: string): Promise<number> {
  const client = await server.connect()
  try {
    const { rows } = await client.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE application_name = $1 ORDER BY backend_start DESC`,
      [name],
    )
    const [found] = rows
    // 0 would be the tests themselves, to whoever sends a signal.
    if (found === undefined) throw new Error(`nobody called ${name} is connected`)
    return found.pid
  } finally {
    await client.end()
  }
}

/** A server on loopback that is no PostgreSQL. */
async function speaker(behave: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>()
  const opened = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined))
    behave(socket)
  })
  await new Promise<void>((resolve) => opened.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => opened.close(resolve))
  })
  const address = opened.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

describe('a server', () => {
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server[Symbol.asyncDispose]())

  test('that hangs gives up its look at the deadline, and the next one begins anew', async () => {
    const opened = source({ timeoutMs: 400 })
    const well = (): Promise<unknown> =>
      until(
        () => poll(opened),
        ({ error }) => error === undefined,
      )
    await well()
    const pid = await pidOf('headroom')
    process.kill(pid, 'SIGSTOP')
    const reading = await poll(opened, 400)
    process.kill(pid, 'SIGCONT')
    expect(reading).toMatchObject({ up: 0, error: { code: 'timeout' } })
    expect(reading.error?.message).toContain('no answer within 0.4 s')
    await well()
  })

  test('that breaks the connection in the middle of a look is asked once more, and nobody notices', async () => {
    const opened = source()
    await poll(opened)
    const pid = await pidOf('headroom')
    process.kill(pid, 'SIGSTOP')
    const look = poll(opened)
    process.kill(pid, 'SIGTERM')
    process.kill(pid, 'SIGCONT')
    expect((await look).error).toBeUndefined()
    expect(await pidOf('headroom')).not.toBe(pid)
  })

  test('that falls and comes up again by itself is found again', async () => {
    const opened = source()
    await poll(opened)
    // When one of its processes is killed a server ends all others, and recovers.
    process.kill(await pidOf('headroom'), 'SIGKILL')
    const readings = [await poll(opened)]
    await until(
      async () => {
        readings.push(await poll(opened))
        return readings.at(-1)
      },
      (reading) => reading?.error === undefined,
    )
    const codes = new Set(readings.flatMap(({ error }) => error?.code ?? []))
    expect([...codes].filter((code) => !['starting', 'shutting_down', 'refused', 'reset'].includes(code))).toEqual([])
  })

  test('without TLS: prefer does without, require says so', async () => {
    expect((await poll(source())).error).toBeUndefined()
    expect(await poll(source({ url: `${server.url}?sslmode=require` }))).toMatchObject({
      up: 0,
      error: { code: 'tls', message: expect.stringContaining('sslmode=disable') as string },
    })
  })

  test('and its replica: how far it is behind, and which is which', async () => {
    const folder = await serverFolder()
    const port = await freePort()
    await server.run(`ALTER SYSTEM SET wal_keep_size = '16MB'`, 'SELECT pg_reload_conf()')
    await writeFile(
      join(server.folder, 'data', 'pg_hba.conf'),
      'host all all 127.0.0.1/32 scram-sha-256\nhost replication all 127.0.0.1/32 scram-sha-256\n',
    )
    await server.run('SELECT pg_reload_conf()')
    const data = join(folder.path, 'data')
    const copy = new Daemon([program('pg_basebackup'), '-D', data, '-d', server.url, '-R', '-c', 'fast', '--no-sync'], {
      cwd: folder.path,
    })
    expect([await copy.code(), copy.said]).toEqual([0, expect.any(String)])
    const words = ['listen_addresses=127.0.0.1', `unix_socket_directories=${folder.path}`, 'fsync=off'].flatMap(
      (word) => ['-c', word],
    )
    const replica = new Daemon([program('postgres'), '-D', data, '-p', String(port), ...words], {
      cwd: folder.path,
      patient: false,
    })
    onTestFinished(async () => {
      await replica.end('SIGQUIT')
      await folder[Symbol.asyncDispose]()
    })
    await until(
      () => replica.said,
      (said) => said.includes('started streaming') || !replica.running,
    )
    const line = async (of: PollSource): Promise<string> => (await poll(of)).texts[0]?.lines[0] ?? ''
    await until(
      () => line(source()),
      (text) => text.includes('primary with 1 replica'),
    )
    const behind = source({ url: server.url.replace(`:${server.port}/`, `:${port}/`) })
    expect(await line(behind)).toContain('a replica')
    expect(valuesOf(await poll(behind))['db.replication.lag_seconds']).toBeLessThan(60)
    expect(valuesOf(await poll(source()))['db.replication.lag_seconds']).toBeLessThan(60)
  })

  test('that lets us in not from here, or only with TLS', async () => {
    await writeFile(join(server.folder, 'data', 'pg_hba.conf'), 'hostssl all all 127.0.0.1/32 scram-sha-256\n')
    server.daemon.child.kill('SIGHUP')
    const reading = await until(
      () => poll(source({ url: `${server.url}?sslmode=disable` })),
      ({ error }) => error !== undefined,
    )
    expect(reading).toMatchObject({ up: 1, error: { code: 'not_allowed' } })
    expect(reading.error?.message).toContain('only with TLS: try sslmode=require')
  })
})

describe('a server of its own', () => {
  beforeEach(async () => {
    server = await startPostgres()
  })
  afterEach(() => server[Symbol.asyncDispose]())

  test('that shuts down says so, is refused when it is gone, and is found again when it is back', async () => {
    const opened = source()
    await poll(opened)
    // A smart shutdown waits for who is connected, and lets nobody new in.
    const stays = await server.connect()
    onTestFinished(() => stays.end().catch(() => undefined))
    server.daemon.child.kill('SIGTERM')
    await until(
      () => server.daemon.said,
      (said) => said.includes('smart shutdown'),
    )
    expect(await poll(source())).toMatchObject({ up: 0, error: { code: 'shutting_down' } })
    await server.daemon.end('SIGINT')
    expect(await poll(opened)).toMatchObject({ up: 0, error: { code: 'refused' } })
    await server.restart()
    expect((await poll(opened)).error).toBeUndefined()
  })

  test('that is starting up says so', async () => {
    await server.daemon.end('SIGQUIT')
    // Recovery that waits for a file that comes never: it has begun, and lets nobody in.
    await writeFile(join(server.folder, 'data', 'recovery.signal'), '')
    await chown(join(server.folder, 'data', 'recovery.signal'), 65_534, 65_534).catch(() => undefined)
    const words = ['restore_command=sleep 30; false', 'hot_standby=off', `unix_socket_directories=${server.folder}`]
    const daemon = new Daemon(
      [
        program('postgres'),
        '-D',
        join(server.folder, 'data'),
        '-p',
        String(server.port),
        ...words.flatMap((word) => ['-c', word]),
      ],
      { cwd: server.folder, patient: false },
    )
    onTestFinished(() => daemon[Symbol.asyncDispose]())
    const reading = await until(
      () => poll(source()),
      ({ error }) => error?.code !== 'refused',
    )
    expect(reading).toMatchObject({ up: 0, error: { code: 'starting' } })
  })

  test('that asks for a certificate of ours: without one it says so, with one it lets us in', async () => {
    const ours = selfSigned('watcher')
    const theirs = selfSigned('localhost')
    const file = async (name: string, text: string): Promise<string> => {
      const path = join(server.folder, name)
      await writeFile(path, text)
      await chmod(path, 0o600)
      await chown(path, 65_534, 65_534).catch(() => undefined)
      return path
    }
    const [key, cert, ca] = [
      await file('t.key', theirs.key),
      await file('t.crt', theirs.cert),
      await file('ca.crt', ours.cert),
    ]
    const [ourKey, ourCert] = [await file('o.key', ours.key), await file('o.crt', ours.cert)]
    await server.run('CREATE ROLE watcher LOGIN')
    const rules = join(server.folder, 'cert_hba.conf')
    await writeFile(rules, 'hostssl all watcher all cert\nhost all all all trust\n')
    await server.daemon.end('SIGQUIT')
    await server.restart(
      'ssl=on',
      `ssl_key_file=${key}`,
      `ssl_cert_file=${cert}`,
      `ssl_ca_file=${ca}`,
      `hba_file=${rules}`,
    )
    const url = `postgres://watcher@127.0.0.1:${server.port}/postgres?sslmode=require`
    expect(await poll(source({ url }))).toMatchObject({
      up: 1,
      error: { code: 'not_allowed', message: expect.stringContaining('sslcert=/path') as string },
    })
    expect((await poll(source({ url: `${url}&sslcert=${ourCert}&sslkey=${ourKey}` }))).error?.code).toBe(
      'no_permission',
    )
    const guarded = source({ url: `${url}&sslcert=${ourCert}&sslkey=${ourKey}`, refuseAddress: () => null })
    expect((await poll(guarded)).error?.code).toBe('forbidden')
  })

  test('with TLS: each sslmode does what PostgreSQL says it does', async () => {
    const { key, cert } = selfSigned('localhost')
    const files = { key: join(server.folder, 'server.key'), cert: join(server.folder, 'server.crt') }
    await server.daemon.end('SIGQUIT')
    for (const [file, text] of [
      [files.key, key],
      [files.cert, cert],
    ] as const) {
      await writeFile(file, text)
      await chmod(file, 0o600)
      await chown(file, 65_534, 65_534).catch(() => undefined)
    }
    await server.restart('ssl=on', `ssl_key_file=${files.key}`, `ssl_cert_file=${files.cert}`)
    const named = server.url.replace('127.0.0.1', 'localhost')
    const asked = async (url: string, insecure = false): Promise<string> =>
      (await poll(source({ url, insecure }))).error?.code ?? 'ok'
    const certificate = join(server.folder, 'readable.crt')
    await writeFile(certificate, await readFile(files.cert))
    expect({
      disable: await asked(`${named}?sslmode=disable`),
      prefer: await asked(named),
      require: await asked(`${named}?sslmode=require`),
      'verify-full': await asked(`${named}?sslmode=verify-full`),
      'verify-full, its authority': await asked(`${named}?sslmode=verify-full&sslrootcert=${certificate}`),
      'verify-full, another name': await asked(`${server.url}?sslmode=verify-full&sslrootcert=${certificate}`),
      'verify-ca, another name': await asked(`${server.url}?sslmode=verify-ca&sslrootcert=${certificate}`),
      'verify-full, insecure': await asked(`${named}?sslmode=verify-full`, true),
      'an authority that is no file': await asked(`${named}?sslmode=verify-full&sslrootcert=/nowhere.pem`),
    }).toEqual({
      disable: 'ok',
      prefer: 'ok',
      require: 'ok',
      'verify-full': 'tls',
      'verify-full, its authority': 'ok',
      'verify-full, another name': 'tls',
      'verify-ca, another name': 'ok',
      'verify-full, insecure': 'ok',
      'an authority that is no file': 'refused',
    })
    const client = await server.connect(`${server.url}?sslmode=disable`)
    onTestFinished(() => client.end())
    await poll(source({ url: named }))
    const { rows } = await client.query(
      `SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'headroom' AND ssl`,
    )
    expect(rows.length).toBeGreaterThan(0)
  })
})

describe('what is no PostgreSQL', () => {
  test('speaks HTTP, or first', async () => {
    await using page = await serve((_request, response) => response.end('hello'))
    for (const mode of ['prefer', 'disable'])
      expect(await poll(openSource({ url: `postgres://127.0.0.1:${page.port}?sslmode=${mode}` }))).toMatchObject({
        up: 0,
        error: { code: 'not_postgres', message: expect.stringContaining('it speaks HTTP') as string },
      })
    const port = await speaker((socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n'))
    expect(await poll(openSource({ url: `postgres://127.0.0.1:${port}` }))).toMatchObject({
      error: { code: 'not_postgres', message: expect.stringContaining('it speaks SSH') as string },
    })
  })

  test('closes at once, or stays silent', async () => {
    const closing = await speaker((socket) => socket.end())
    expect(await poll(openSource({ url: `postgres://127.0.0.1:${closing}` }))).toMatchObject({
      up: 0,
      error: { code: 'reset' },
    })
    const silent = await speaker(() => undefined)
    const opened = openSource({ url: `postgres://127.0.0.1:${silent}`, timeoutMs: 200 })
    expect(await poll(opened, 200)).toMatchObject({ up: 0, error: { code: 'timeout' } })
  })

  test('and an address that may not be asked is not connected to', async () => {
    const refuse = (address: string): string => `${address} is not asked`
    let connections = 0
    const port = await speaker(() => connections++)
    for (const url of [
      `postgres://127.0.0.1:${port}`,
      `postgres://localhost:${port}`,
      'postgres:///app?host=/run',
      'postgres://localhost?sslmode=verify-full&sslrootcert=/etc/passwd',
    ])
      expect(await poll(openSource({ url, refuseAddress: refuse }))).toMatchObject({
        up: null,
        error: { code: 'forbidden' },
      })
    expect(connections).toBe(0)
  })
})
