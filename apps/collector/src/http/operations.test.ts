import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { exposition } from './exposition.ts'
import { ListenError } from './listen.ts'
import { ask, seriesView, serve } from './testing/serve.ts'

const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

async function builtPage(): Promise<AsyncDisposable & { root: string }> {
  const root = await mkdtemp(join(tmpdir(), 'headroom-page-'))
  await mkdir(join(root, 'assets'))
  await writeFile(join(root, 'index.html'), '<!doctype html><div id="root"></div>')
  await mkdir(join(root, 'systems'))
  await writeFile(join(root, 'systems', 'index.html'), '<!doctype html><div id="root">systems</div>')
  await writeFile(join(root, 'assets', 'index-abc123.js'), `console.log(${JSON.stringify('x'.repeat(5_000))})`)
  return { root, [Symbol.asyncDispose]: () => rm(root, { recursive: true }) }
}

test('the page: index for / and for what a browser navigates to, assets for ever, others 404', async () => {
  await using page = await builtPage()
  await using served = await serve({ webRoot: page.root })
  const index = await served.get('/')
  expect([index.status, index.headers['content-type'], index.headers['cache-control']]).toEqual([
    200,
    'text/html; charset=utf-8',
    'no-cache',
  ])
  expect(index.text).toContain('<div id="root">')
  expect((await served.get('/on-call/a', { headers: BROWSER })).text).toBe(index.text)
  // A screen that has a page of its own gets that one, for itself and for all below it.
  expect((await served.get('/systems/app?range=1h', { headers: BROWSER })).text).toContain('systems')
  expect((await served.get('/systems/app/deeper', { headers: BROWSER })).text).toContain('systems')
  expect((await served.get('/systems', { headers: BROWSER })).text).toContain('systems')
  expect((await served.get('/systems/app')).status).toBe(404)
  const asset = await served.get('/assets/index-abc123.js', { headers: { 'accept-encoding': 'br' } })
  expect([asset.status, asset.headers['cache-control'], asset.headers['content-encoding']]).toEqual([
    200,
    'public, max-age=31536000, immutable',
    'br',
  ])
  expect((await served.get('/', { headers: { 'if-none-match': String(index.headers.etag) } })).status).toBe(304)
  for (const path of [
    '/nowhere',
    '/assets/gone.js',
    '/assets/../../etc/passwd',
    '/..%2f..%2fetc%2fpasswd',
    '/index.html/x',
    '/%',
  ])
    expect([path, (await served.get(path)).status]).toEqual([path, 404])
  expect((await served.get('/assets/gone.js', { headers: BROWSER })).status).toBe(404)
  expect((await served.get('/', { method: 'POST' })).status).toBe(404)
})

test('the page that is not built yet says how', async () => {
  await using served = await serve()
  const { status, text } = await served.get('/')
  expect(status).toBe(503)
  expect(text).toContain('npm start')
})

test('a page built while the collector runs is found', async () => {
  await using page = await builtPage()
  const root = join(page.root, 'later')
  await using served = await serve({ webRoot: root })
  expect((await served.get('/')).status).toBe(503)
  await mkdir(root)
  await writeFile(join(root, 'index.html'), 'built')
  await served.clock.advance(1_000)
  expect((await served.get('/')).text).toBe('built')
})

test('security headers stand on every answer', async () => {
  await using served = await serve()
  for (const path of ['/', '/api/v1/status', '/api/v1/nowhere', '/metrics']) {
    const { headers } = await served.get(path)
    expect(headers['content-security-policy']).toBe(
      "default-src 'self'; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; object-src 'none'",
    )
    expect([headers['x-content-type-options'], headers['referrer-policy'], headers['x-powered-by']]).toEqual([
      'nosniff',
      'no-referrer',
      undefined,
    ])
  }
})

test('healthz is alive, readyz gives its reasons', async () => {
  await using served = await serve()
  expect((await served.get('/healthz')).status).toBe(200)
  expect((await served.get('/readyz')).json).toEqual({ ready: true, reasons: [] })
  Object.assign(served.readiness, { ready: false, reasons: ['The store cannot be written.'] })
  const { status, json } = await served.get('/readyz')
  expect([status, json]).toEqual([503, { ready: false, reasons: ['The store cannot be written.'] }])
})

test('metrics: the newest values without the stale ones, and the collector’s own', async () => {
  await using served = await serve()
  served.reads.series = async () => [seriesView(1), seriesView(2, { value: null })]
  const { headers, text } = await served.get('/metrics')
  expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect(text.split('\n').filter((line) => line.startsWith('headroom_'))).toEqual([
    'headroom_sample{system="a",source="http-json",metric="memory.used_percent"} 50',
    'headroom_viewers 0',
  ])
})

test('metrics: label values are escaped, label names made legal and kept apart', () => {
  const text = exposition(
    [seriesView(1, { value: 1e21, labels: { queue: 'a"b\\c\nd', system: 'x', 'my-label': 'y', '1st': 'z' } })],
    [],
  )
  expect(text.split('\n')[2]).toBe(
    'headroom_sample{system="a",source="http-json",metric="memory.used_percent",queue="a\\"b\\\\c\\nd",system_2="x",my_label="y",_1st="z"} 1e+21',
  )
})

test('metrics: a value that is stale is left out, so that nobody takes it for the one of now', () => {
  const text = exposition([seriesView(1, { value: 7, stale: true }), seriesView(2, { value: null })], [])
  expect(text).not.toContain('headroom_sample{')
})

test('a taken port is said with the option that chooses another', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const failure: unknown = await serve({ port }).catch((error: unknown) => error)
  other.close()
  expect(failure).toBeInstanceOf(ListenError)
  expect(failure).toMatchObject({
    code: 'port_taken',
    port,
    message: expect.stringMatching(new RegExp(`Port ${port} is taken.*--port ${port + 1}`)),
  })
})

test('disposing frees the port at once, whatever connections are held open, and ends what is under way late', async () => {
  const served = await serve()
  const { port } = served.http
  const live = new WebSocket(`ws://127.0.0.1:${port}/api/v1/live`)
  await once(live, 'open')
  expect((await served.get('/healthz', { headers: { connection: 'keep-alive' } })).status).toBe(200)
  let asked = (): void => undefined
  const begun = new Promise<void>((resolve) => (asked = resolve))
  served.reads.systems = () => (asked(), new Promise(() => undefined))
  const hanging = expect(served.get('/api/v1/systems')).rejects.toThrow('socket hang up')
  await begun
  const disposed = served.http[Symbol.asyncDispose]()
  await served.clock.advance(2_000)
  await disposed
  await hanging
  await expect(ask(port, '/healthz')).rejects.toThrow('ECONNREFUSED')
  expect(live.readyState).toBe(live.OPEN)
  await served.hub[Symbol.asyncDispose]()
})
