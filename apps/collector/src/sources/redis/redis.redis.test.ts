import { createServer, type Server, type Socket } from 'node:net'
import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { METRICS } from '@headroom/shared/metrics.ts'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Daemon, serverFolder } from '../testing/daemon.ts'
import { freePort } from '../testing/free-port.ts'
import { selfSigned } from '../testing/self-signed.ts'
import { serve } from '../testing/serve.ts'
import { until } from '../testing/until.ts'
import { valuesOf } from '../testing/values.ts'
import type { PollSource } from '../types.ts'
import { openSource, poll, startRedis, startRedisAt, type TestRedis } from './testing/redis-server.ts'
import { asText } from './wire/resp.ts'

/** A real Redis, stopped when the test is over. */
async function redis(...words: string[]): Promise<TestRedis> {
  const server = await startRedis(...words)
  onTestFinished(() => server[Symbol.asyncDispose]())
  return server
}

function source(given: Parameters<typeof openSource>[0]): PollSource {
  const opened = openSource(given)
  onTestFinished(() => opened[Symbol.asyncDispose]())
  return opened
}

/** A server on loopback that is no Redis. */
async function speaker(behave: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined))
    behave(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

describe('a server', () => {
  test('gives clients, memory, commands and the time of a PING, in metrics of the catalogue', async () => {
    const server = await redis('--maxmemory', '100mb', '--maxclients', '200')
    const reading = await poll(source({ url: server.url, pool: 50 }))
    expect(reading).toMatchObject({ up: 1, leftOut: 0 })
    expect(reading.error).toBeUndefined()
    expect(reading.points.filter(({ metric, rate }) => !Object.hasOwn(METRICS, rate ?? metric))).toEqual([])
    expect(valuesOf(reading)).toMatchObject({
      'redis.clients': 1,
      'redis.clients.limit': 200,
      'redis.blocked_clients': 0,
      'redis.rejected_per_minute': 0,
      'redis.evicted_per_minute': 0,
      'redis.memory_limit_bytes': 100 * 2 ** 20,
      'redis.pool.size': 50,
      'redis.pool.in_use': 0,
    })
    const {
      'redis.memory_percent': percent,
      'redis.memory_bytes': used,
      'redis.ping_seconds': ping,
    } = valuesOf(reading)
    expect(percent).toBeCloseTo((100 * (used ?? 0)) / (100 * 2 ** 20), 5)
    expect(ping).toBeGreaterThan(0)
    expect(reading.texts).toEqual([{ path: 'server', lines: [expect.stringMatching(/^Redis [\d.]+, primary$/)] }])
  })

  test('without a limit of memory has no share of it', async () => {
    const server = await redis()
    const values = valuesOf(await poll(source({ url: server.url, queues: 'none' })))
    expect(values['redis.memory_bytes']).toBeGreaterThan(0)
    expect(Object.keys(values)).not.toContain('redis.memory_percent')
  })

  test('is asked over one connection, by reading only', async () => {
    const server = await redis()
    const opened = source({ url: server.url })
    for (let look = 0; look < 5; look++) await poll(opened)
    const { calls } = await server.cost()
    // Once a connection is named only once, and it was asked five times.
    expect([calls.get('client|setname'), calls.get('client|list')]).toEqual([1, 5])
    const [commands] = await server.ask(['COMMAND', 'INFO', ...[...calls.keys()].filter((name) => !name.includes('|'))])
    const writing = (Array.isArray(commands) ? commands : []).filter(
      (command) => Array.isArray(command) && Array.isArray(command[2]) && command[2].includes('write'),
    )
    expect(writing).toEqual([])
    expect([...calls.keys()]).not.toContain('keys')
  })

  test('that closes the idle connection is connected to again, without a failed look', async () => {
    const server = await redis()
    const opened = source({ url: server.url })
    await poll(opened)
    await server.ask(['CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes'])
    expect(await poll(opened)).toMatchObject({ up: 1 })
    expect((await poll(opened)).error).toBeUndefined()
  })

  test('that dies is refused, and found again when it is back', async () => {
    const server = await redis()
    const opened = source({ url: server.url })
    await poll(opened)
    await server.daemon.end('SIGKILL')
    expect(await poll(opened)).toMatchObject({ up: 0, error: { code: 'refused' }, points: [] })
    const again = await startRedisAt(server.port)
    onTestFinished(() => again[Symbol.asyncDispose]())
    expect(await poll(opened)).toMatchObject({ up: 1 })
  })

  test('that hangs gives up its look at the deadline, and the next one begins anew', async () => {
    const server = await redis()
    const opened = source({ url: server.url, timeoutMs: 300 })
    const well = (): Promise<unknown> =>
      until(
        () => poll(opened),
        ({ up }) => up === 1,
      )
    await well()
    server.daemon.child.kill('SIGSTOP')
    const reading = await poll(opened, 300)
    server.daemon.child.kill('SIGCONT')
    expect(reading).toMatchObject({ up: 0, error: { code: 'timeout' } })
    expect(reading.error?.message).toContain('no answer within 0.3 s')
    await well()
  })

  test('that is a replica says so, and whether it has its primary', async () => {
    const primary = await redis()
    const replica = await redis('--replicaof', '127.0.0.1', String(primary.port))
    const opened = source({ url: replica.url })
    const line = async (): Promise<string> => (await poll(opened)).texts[0]?.lines[0] ?? ''
    await until(line, (text) => text.includes('a replica, connected to its primary'))
    expect((await poll(source({ url: primary.url }))).texts[0]?.lines[0]).toContain('primary with 1 replica')
    await primary.daemon.end('SIGKILL')
    await until(line, (text) => text.includes('WITHOUT its primary'))
  })

  test('over a socket in the file system, in another database', async () => {
    const server = await redis('--unixsocket', 'redis.sock', '--unixsocketperm', '777')
    await server.ask(['SELECT', 3], ['SADD', 'rq:queues', 'rq:queue:mail'])
    const at = `unix://${join(server.folder, 'redis.sock')}`
    expect(valuesOf(await poll(source({ url: `${at}?db=3` })))).toMatchObject({ 'queue.length{queue="mail"}': 0 })
    expect(Object.keys(valuesOf(await poll(source({ url: at }))))).not.toContain('queue.length{queue="mail"}')
    expect(await poll(source({ url: 'unix:///nowhere/redis.sock' }))).toMatchObject({
      up: 0,
      error: { code: 'refused', message: expect.stringContaining('no such socket') as string },
    })
  })
})

describe('signing in', () => {
  const PASSWORD = 'p@ss:w/ord?#%'

  test('with a password, written in the address in any way, or beside it', async () => {
    const server = await redis('--requirepass', PASSWORD)
    const host = `127.0.0.1:${server.port}`
    for (const url of [`redis://:${PASSWORD}@${host}`, `redis://default:${encodeURIComponent(PASSWORD)}@${host}/0`])
      expect((await poll(source({ url }))).error).toBeUndefined()
    expect((await poll(source({ url: server.url, password: PASSWORD }))).error).toBeUndefined()
    expect(await poll(source({ url: server.url }))).toMatchObject({ up: 1, error: { code: 'no_auth' } })
    expect(await poll(source({ url: `redis://:wrong@${host}` }))).toMatchObject({
      up: 1,
      error: { code: 'wrong_password' },
    })
    expect(await poll(source({ url: server.url, username: 'nobody', password: 'x' }))).toMatchObject({
      error: { code: 'wrong_password' },
    })
  })

  test('with a password that the server does not ask for', async () => {
    const server = await redis()
    expect((await poll(source({ url: server.url, password: 'needless' }))).error).toBeUndefined()
  })

  test('no reason repeats a password', async () => {
    const server = await redis('--requirepass', 'right')
    const readings = [
      await poll(source({ url: `redis://ada:s3cr3t@127.0.0.1:${server.port}` })),
      await poll(source({ url: 'redis://ada:s3cr3t@127.0.0.1:1' })),
      await poll(source({ url: server.url, password: 's3cr3t' })),
    ]
    for (const reading of readings) {
      expect(reading.error).toBeDefined()
      expect(JSON.stringify(reading)).not.toContain('s3cr3t')
    }
  })

  test('as a user who may not everything: what is allowed is given, and the right that is missing is named', async () => {
    const server = await redis()
    await server.ask(['SADD', 'rq:queues', 'rq:queue:mail'])
    await server.ask(['ACL', 'SETUSER', 'watcher', 'on', '>pw', '-@all', '+ping', '+info'])
    const at = { url: server.url, username: 'watcher', password: 'pw' }
    const reading = await poll(source(at))
    expect(reading).toMatchObject({ up: 1, error: { code: 'no_permission' } })
    expect(reading.error?.message).toContain('may not run SSCAN rq:queues; allow it with ACL SETUSER NAME +sscan ~rq:*')
    expect(valuesOf(reading)).toMatchObject({ 'redis.clients': 1 })
    expect((await poll(source({ ...at, queues: 'none' }))).error).toBeUndefined()
  })

  test('as a user who may run INFO only: the server is given', async () => {
    const server = await redis()
    await server.ask(['ACL', 'SETUSER', 'watcher', 'on', '>pw', '-@all', '+info'])
    for (const [path, right] of [
      ['', '+ping'],
      ['/1', '+select'],
    ] as const) {
      const reading = await poll(source({ url: `redis://watcher:pw@127.0.0.1:${server.port}${path}` }))
      expect(reading).toMatchObject({ up: 1, error: { code: 'no_permission' } })
      expect(reading.error?.message).toMatch(new RegExp(`SETUSER NAME \\${right}$`))
      expect(valuesOf(reading)).toMatchObject({ 'redis.clients.limit': 10_000 })
      expect(reading.texts.map(({ path: of }) => of)).toEqual(['server'])
    }
  })

  test('to a database that there is not: the server is given, and no queue of another database', async () => {
    const server = await redis('--databases', '4')
    await server.ask(['SADD', 'rq:queues', 'rq:queue:mail'])
    const opened = source({ url: `${server.url}/9` })
    for (let look = 0; look < 2; look++) {
      const reading = await poll(opened)
      expect(reading).toMatchObject({ up: 1, error: { code: 'no_database' } })
      expect(valuesOf(reading)).toMatchObject({ 'redis.clients': 1 })
      expect(Object.keys(valuesOf(reading)).filter((name) => /queue|workers/.test(name))).toEqual([])
    }
  })

  test('to a server whose INFO was renamed: it is up, and why nothing is known is said', async () => {
    const server = await redis('--rename-command', 'INFO', '')
    const reading = await poll(source({ url: server.url }))
    expect(reading).toMatchObject({ up: 1, error: { code: 'unknown_command' } })
    expect(reading.error?.message).toContain('rename-command')
    expect(Object.keys(valuesOf(reading))).toContain('redis.ping_seconds')
  })
})

describe('TLS', () => {
  async function secured(): Promise<TestRedis & { tlsPort: number }> {
    const { key, cert } = selfSigned('localhost')
    const server = await redis('--tls-auth-clients', 'no')
    await writeFile(join(server.folder, 'key.pem'), key)
    await writeFile(join(server.folder, 'cert.pem'), cert)
    const tlsPort = await freePort()
    const files: [string, string][] = [
      ['tls-key-file', join(server.folder, 'key.pem')],
      ['tls-cert-file', join(server.folder, 'cert.pem')],
      ['tls-ca-cert-file', join(server.folder, 'cert.pem')],
    ]
    await server.ask(['CONFIG', 'SET', ...files.flat()])
    const [ok] = await server.ask(['CONFIG', 'SET', 'tls-port', tlsPort])
    expect(ok).toBe('OK')
    return { ...server, tlsPort }
  }

  test('with a certificate nobody knows is refused, unless that is asked for', async () => {
    const { tlsPort } = await secured()
    const url = `rediss://localhost:${tlsPort}`
    expect(await poll(source({ url }))).toMatchObject({ up: null, error: { code: 'tls' } })
    const said: string[] = []
    const log = { log: (_level: string, message: string) => void said.push(message), with: () => log }
    expect((await poll(source({ url, insecure: true, log }))).error).toBeUndefined()
    expect(said.join()).toContain('certificates are not checked')
  })

  test('with an authority that is named, and a certificate of our own where the server asks for one', async () => {
    const { tlsPort, folder, ask } = await secured()
    const url = `rediss://localhost:${tlsPort}`
    const caFile = join(folder, 'cert.pem')
    expect((await poll(source({ url, caFile }))).error).toBeUndefined()
    const [ok] = await ask(['CONFIG', 'SET', 'tls-auth-clients', 'yes'])
    expect(ok).toBe('OK')
    expect(await poll(source({ url, caFile }))).toMatchObject({
      up: 1,
      error: { code: 'certificate', message: expect.stringContaining('`certFile`') as string },
    })
    const ours = { certFile: caFile, keyFile: join(folder, 'key.pem') }
    expect((await poll(source({ url, caFile, ...ours }))).error).toBeUndefined()
    expect(await poll(source({ url, caFile, ...ours, keyFile: '/nowhere.key' }))).toMatchObject({
      up: null,
      error: { code: 'no_file' },
    })
    // From the screen no file of this machine is read.
    expect(await poll(source({ url, caFile, refuseAddress: () => null }))).toMatchObject({
      error: { code: 'forbidden' },
    })
  })

  test('and none are told apart', async () => {
    const { tlsPort, port } = await secured()
    const missing = source({ url: `rediss://127.0.0.1:${port}`, insecure: true, timeoutMs: 3_000 })
    // To such a server the first bytes of TLS are the beginning of a command, for whose end it waits.
    expect(await poll(missing, 3_000)).toMatchObject({
      up: 0,
      error: { code: 'tls', message: expect.stringContaining('write redis://') as string },
    })
    const plain = await poll(source({ url: `redis://127.0.0.1:${tlsPort}` }))
    expect(plain).toMatchObject({ up: 0 })
    expect(plain.error?.message).toMatch(/rediss:\/\/|not the protocol of Redis/)
  })
})

describe('a Redis that serves nobody', () => {
  test('since all its connections are taken, has as many clients as it may have', async () => {
    const server = await redis('--maxclients', '3')
    const opened = source({ url: server.url })
    expect((await poll(opened)).error).toBeUndefined()
    await opened[Symbol.asyncDispose]()
    // Three that stay: the test's own questions would take one for a moment.
    const held = await Promise.all([1, 2, 3].map(() => hold(server.port)))
    onTestFinished(() => held.forEach((socket) => socket.destroy()))
    const reading = await until(
      () => poll(opened),
      ({ error }) => error?.code === 'max_clients',
    )
    expect(reading).toMatchObject({ up: 0 })
    expect(valuesOf(reading)).toEqual({ 'redis.clients': 3, 'redis.clients.limit': 3 })
    expect(reading.error?.message).toContain('raise maxclients')
  })

  test('while it loads its data, says how far it is', async () => {
    const first = await redis('--appendonly', 'yes')
    for (let batch = 0; batch < 20; batch++)
      await first.ask(...Array.from({ length: 500 }, (_, index) => ['SET', `${batch}:${index}`, 'x'] as const))
    await first.daemon.end('SIGTERM')
    const second = await redis(
      '--appendonly',
      'yes',
      '--dir',
      first.folder,
      '--key-load-delay',
      '300',
      '--loading-process-events-interval-bytes',
      '1024',
    )
    const reading = await poll(source({ url: second.url }))
    expect(reading).toMatchObject({ up: 0, error: { code: 'loading' } })
    expect(reading.error?.message).toMatch(/loading its data .* \(\d+ %, about \d+ s left\)/)
    await second.daemon.end('SIGKILL')
  })

  test('since this is one node of a cluster and the queues lie on another', async () => {
    const nodes = [await redis('--cluster-enabled', 'yes'), await redis('--cluster-enabled', 'yes')] as const
    await nodes[0].ask(['CLUSTER', 'ADDSLOTSRANGE', 0, 8_000])
    await nodes[1].ask(['CLUSTER', 'ADDSLOTSRANGE', 8_001, 16_383])
    await nodes[0].ask(['CLUSTER', 'MEET', '127.0.0.1', nodes[1].port])
    for (const node of nodes)
      await until(
        async () => asText((await node.ask(['CLUSTER', 'INFO']))[0]) ?? '',
        (info) => info.includes('cluster_state:ok'),
      )
    const readings = await Promise.all(nodes.map(({ url }) => poll(source({ url, queues: 'rq' }))))
    expect(readings.map(({ up }) => up)).toEqual([1, 1])
    expect(readings.some(({ error }) => error?.code === 'cluster' && error.message.includes('MOVED'))).toBe(true)
    expect(readings[0]?.texts[0]?.lines[0]).toContain('one node of a cluster')
    expect((await poll(source({ url: nodes[0].url, queues: 'none' }))).error).toBeUndefined()
    // Nobody said that there are any.
    for (const { url } of nodes) expect((await poll(source({ url }))).error).toBeUndefined()
  })

  test('since a part of its cluster has no node', async () => {
    const { url } = await redis('--cluster-enabled', 'yes')
    const reading = await poll(source({ url }))
    expect(reading).toMatchObject({ up: 1, error: { code: 'cluster_down' } })
    expect(valuesOf(reading)).toMatchObject({ 'redis.clients': 1 })
  })

  test('since it is a Sentinel', async () => {
    const folder = await serverFolder()
    onTestFinished(() => folder[Symbol.asyncDispose]())
    await writeFile(join(folder.path, 'sentinel.conf'), '')
    await chmod(join(folder.path, 'sentinel.conf'), 0o666)
    const port = await freePort()
    const program = process.env['HEADROOM_REDIS_SERVER'] ?? 'redis-server'
    const sentinel = new Daemon([program, join(folder.path, 'sentinel.conf'), '--sentinel', '--port', String(port)])
    onTestFinished(() => sentinel[Symbol.asyncDispose]())
    const opened = source({ url: `redis://127.0.0.1:${port}/0` })
    const reading = await until(
      () => poll(opened),
      ({ up }) => up === 1,
    )
    expect(reading).toMatchObject({ points: [], error: { code: 'sentinel' } })
  })
})

describe('what is no Redis', () => {
  test('speaks HTTP', async () => {
    await using page = await serve((_request, response) => response.end('hello'))
    expect(await poll(source({ url: `redis://127.0.0.1:${page.port}` }))).toMatchObject({
      up: 0,
      error: { code: 'not_redis', message: expect.stringContaining('it speaks HTTP') as string },
    })
  })

  test('speaks first, in another protocol', async () => {
    const port = await speaker((socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n'))
    expect(await poll(source({ url: `redis://127.0.0.1:${port}` }))).toMatchObject({
      error: { code: 'not_redis', message: expect.stringContaining('it speaks SSH') as string },
    })
  })

  test('closes at once, stays silent, or never stops', async () => {
    const closing = await speaker((socket) => socket.end())
    expect(await poll(source({ url: `redis://127.0.0.1:${closing}` }))).toMatchObject({
      up: 0,
      error: { code: 'reset' },
    })
    const silent = await speaker(() => undefined)
    expect(await poll(source({ url: `redis://127.0.0.1:${silent}`, timeoutMs: 200 }), 200)).toMatchObject({
      up: 0,
      error: { code: 'timeout' },
    })
    const endless = await speaker((socket) => {
      socket.write(`*1\r\n$4000000\r\n`)
      const more = (): void => void (socket.writable && socket.write('x'.repeat(65_536), () => setImmediate(more)))
      more()
    })
    expect(await poll(source({ url: `redis://127.0.0.1:${endless}` }))).toMatchObject({ up: 0 })
  })

  test('answers other things than were asked', async () => {
    const port = await speaker((socket) =>
      socket.on('data', () => socket.write('+hello\r\n:1\r\n*2\r\n$1\r\na\r\n$-1\r\n'.repeat(20))),
    )
    const reading = await poll(source({ url: `redis://127.0.0.1:${port}`, timeoutMs: 500 }), 500)
    expect(reading.points.filter(({ metric }) => metric !== 'redis.ping_seconds')).toEqual([])
  })
})

test('an address that may not be asked is not connected to', async () => {
  const server = await redis()
  const refuse = (address: string): string => `${address} is not asked`
  for (const url of [server.url, `redis://localhost:${server.port}`, 'unix:///run/redis.sock']) {
    const opened = openSource({ url, refuseAddress: refuse })
    expect(await poll(opened)).toMatchObject({ up: null, error: { code: 'forbidden' } })
  }
})

/** A connection that stays. */
async function hold(port: number): Promise<Socket> {
  const { connect } = await import('node:net')
  const socket = connect(port, '127.0.0.1').on('error', () => undefined)
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()))
  return socket
}
