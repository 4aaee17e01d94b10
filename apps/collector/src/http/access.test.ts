import { once } from 'node:events'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { authorize, identifyLocal, refuseBeyondLoopback } from './access.ts'
import { createGuard } from './guard.ts'
import { seriesView, serve, type Served } from './testing/serve.ts'

test('a Host that is neither loopback nor publicUrl is 421, for everything', async () => {
  await using served = await serve({ publicUrl: 'https://ops.example.com' })
  const status = async (host: string, path = '/api/v1/status') => (await served.get(path, { headers: { host } })).status
  for (const host of [
    'localhost',
    'LOCALHOST:4600',
    '127.0.0.1:1',
    '127.9.9.9',
    '[::1]:4600',
    'ops.example.com',
    'localhost.',
  ])
    expect([host, await status(host)]).toEqual([host, 200])
  for (const host of [
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'ops.example.com.evil.example',
    '10.0.0.1',
    '192.168.1.5:4600',
    'localhost@evil',
    '0.0.0.0',
  ]) {
    expect([host, await status(host)]).toEqual([host, 421])
  }
  for (const path of ['/', '/metrics', '/healthz', '/api/v1/nowhere'])
    expect(await status('evil.example', path)).toBe(421)
})

test('a foreign Origin may not change anything; our own, publicUrl’s and none may', async () => {
  await using served = await serve({ publicUrl: 'https://ops.example.com' })
  const post = async (origin?: string, host = '127.0.0.1:4600') =>
    (
      await served.get('/api/v1/notes', {
        method: 'POST',
        body: { text: 'x' },
        headers: { host, ...(origin === undefined ? {} : { origin }) },
      })
    ).status
  expect(await post()).toBe(201)
  expect(await post('http://127.0.0.1:4600')).toBe(201)
  expect(await post('https://ops.example.com')).toBe(201)
  expect(await post('http://localhost:80', 'localhost')).toBe(201)
  for (const origin of [
    'https://evil.example',
    'http://127.0.0.1:4601',
    'http://localhost:4600',
    'null',
    'file://',
    'https://ops.example.com.evil',
  ])
    expect([origin, await post(origin)]).toEqual([origin, 403])
  expect(
    (await served.get('/api/v1/status', { headers: { origin: 'https://evil.example' } })).headers[
      'access-control-allow-origin'
    ],
  ).toBeUndefined()
})

async function upgrade(served: Served, headers: Record<string, string>, path = '/api/v1/live'): Promise<number> {
  const socket = new WebSocket(`ws://127.0.0.1:${served.http.port}${path}`, 'headroom.v1', { headers })
  socket.on('error', () => undefined)
  const status = await Promise.race([
    once(socket, 'open').then(() => 101),
    once(socket, 'unexpected-response').then(([, response]: { statusCode: number }[]) => response?.statusCode ?? 0),
  ])
  socket.terminate()
  return status
}

test('the socket asks the same: Host 421, Origin 403, identity 401, role 403, path 404', async () => {
  await using served = await serve()
  expect(await upgrade(served, {})).toBe(101)
  expect(await upgrade(served, { origin: `http://127.0.0.1:${served.http.port}` })).toBe(101)
  expect(await upgrade(served, { origin: 'https://evil.example' })).toBe(403)
  expect(await upgrade(served, { host: 'evil.example' })).toBe(421)
  expect(await upgrade(served, { 'x-forwarded-for': '203.0.113.9' })).toBe(401)
  expect(await upgrade(served, {}, '/api/v1/other')).toBe(404)
  expect((await served.get('/api/v1/live')).status).toBe(426)
})

test('an upgrade to anything but a WebSocket is an ordinary request', async () => {
  await using served = await serve()
  expect(
    (await served.get('/api/v1/status', { headers: { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c' } })).status,
  ).toBe(200)
})

test('roles: a viewer looks, an operator writes; nobody is 401', async () => {
  await using viewer = await serve({ as: { role: 'viewer' } })
  expect((await viewer.get('/api/v1/status')).status).toBe(200)
  expect((await viewer.get('/metrics')).status).toBe(200)
  expect((await viewer.get('/api/v1/notes', { method: 'POST', body: { text: 'x' } })).status).toBe(403)
  await using operator = await serve({ as: { role: 'operator' } })
  expect((await operator.get('/api/v1/notes', { method: 'POST', body: { text: 'x' } })).status).toBe(201)
  await using nobody = await serve({ identify: () => null })
  const refused = await nobody.get('/api/v1/status')
  expect([refused.status, refused.headers['www-authenticate']]).toEqual([401, 'Bearer'])
  expect((await nobody.get('/metrics')).status).toBe(401)
  expect([(await nobody.get('/healthz')).status, (await nobody.get('/readyz')).status]).toEqual([200, 200])
})

test('an identity bound to systems sees no others', async () => {
  await using served = await serve({ as: { role: 'operator', systems: ['a'] } })
  served.reads.series = async () => [seriesView(1), seriesView(2, { system: 'b' })]
  expect((await served.get('/api/v1/series')).json).toMatchObject([{ id: 1 }])
  expect((await served.get('/api/v1/series?system=b')).status).toBe(403)
  expect((await served.get('/api/v1/range?series=1')).status).toBe(200)
  expect((await served.get('/api/v1/range?series=1,2')).status).toBe(403)
  expect((await served.get('/api/v1/notes', { method: 'POST', body: { text: 'x', system: 'b' } })).status).toBe(403)
  expect((await served.get('/metrics')).text).not.toContain('system="b"')
})

test('loopback is admin, unless it is a proxy that connects; others are nobody', () => {
  const from = (remoteAddress: string, headers = {}) => identifyLocal({ headers, remoteAddress })
  expect(from('127.0.0.1')).toEqual({ name: 'local', role: 'admin' })
  expect(from('::ffff:127.0.0.1')?.role).toBe('admin')
  expect(from('::1')?.role).toBe('admin')
  expect(from('192.168.1.2')).toBeNull()
  expect(from('127.0.0.1', { 'x-forwarded-for': '203.0.113.9' })).toBeNull()
})

test('every role is allowed what lesser ones are', () => {
  const may = (role: 'viewer' | 'operator' | 'admin', needs: 'viewer' | 'operator' | 'admin') =>
    authorize({ name: 'x', role }, { role: needs }).ok
  expect([
    may('admin', 'viewer'),
    may('operator', 'operator'),
    may('viewer', 'operator'),
    may('operator', 'admin'),
  ]).toEqual([true, true, false, false])
})

test('listening beyond loopback without access is refused with the line to add', () => {
  expect(refuseBeyondLoopback('127.0.0.1', false)).toBeNull()
  expect(refuseBeyondLoopback('localhost', false)).toBeNull()
  expect(refuseBeyondLoopback('::1', false)).toBeNull()
  expect(refuseBeyondLoopback('0.0.0.0', true)).toBeNull()
  for (const host of ['0.0.0.0', '::', '192.168.1.5', ''])
    expect(refuseBeyondLoopback(host, false)).toContain('access: { anonymous: viewer }')
})

test('the address listened on is itself a good Host', () => {
  const guard = createGuard({ publicUrl: undefined, listenHost: '192.168.1.5' })
  expect(guard.host('192.168.1.5:4600')).toBeNull()
  for (const host of ['192.168.1.6:4600', '', undefined]) expect(guard.host(host)?.status).toBe(421)
})
