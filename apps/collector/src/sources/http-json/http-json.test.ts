import type { Reading } from '@headroom/shared/model/reading.ts'
import type { RequestListener, ServerResponse } from 'node:http'
import { createServer } from 'node:net'
import { createSecureServer } from 'node:http2'
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../lib/clock.ts'
import { silentLogger } from '../../telemetry/logger.ts'
import { selfSigned } from '../testing/self-signed.ts'
import { serve } from '../testing/serve.ts'
import { httpJson } from './http-json.ts'

/** Long enough on a busy machine, for everything but what waits for it. */
const TIMEOUT_MS = 60_000
const SHORT_MS = 300
const SECRET = 's3cret-t0ken'

async function ask(url: string, own: object = {}, timeoutMs = TIMEOUT_MS): Promise<Reading> {
  const options = {
    ...httpJson.schema.parse({ url, ...own }),
    id: 'a',
    everyMs: 5_000,
    timeoutMs,
    maxSeries: 200,
    labels: {},
  }
  await using source = httpJson.open(options, { clock: systemClock, log: silentLogger })
  return await source.poll(AbortSignal.timeout(timeoutMs))
}

async function answered(listener: RequestListener, own: object = {}, timeoutMs = TIMEOUT_MS): Promise<Reading> {
  await using server = await serve(listener)
  return await ask(`${server.url}/health`, own, timeoutMs)
}

const json = (res: ServerResponse, document: unknown, status = 200): void =>
  void res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(document))
const value = (reading: Reading, metric: string): number | undefined =>
  reading.points.find((point) => point.metric === metric)?.value

describe('an answer', () => {
  it('becomes points, and says how long it took', async () => {
    const reading = await answered((_req, res) => json(res, { status: 'healthy', active_sessions: 4 }))
    expect(reading).toMatchObject({ up: 1, leftOut: 0, tookSeconds: expect.any(Number) })
    expect(reading.error).toBeUndefined()
    expect([value(reading, 'healthy'), value(reading, 'sessions.active')]).toEqual([1, 4])
  })

  it('of 200 may say in its body that it is not healthy', async () => {
    const reading = await answered((_req, res) => json(res, { status: 403, error: 'forbidden' }))
    expect([reading.up, value(reading, 'healthy')]).toEqual([1, 0])
  })

  it('of 503 is still read', async () => {
    const reading = await answered((_req, res) => json(res, { status: 'unhealthy', active_sessions: 101 }, 503))
    expect(reading).toMatchObject({ up: 0, error: { code: 'http_status', message: expect.stringContaining('503') } })
    expect([value(reading, 'healthy'), value(reading, 'sessions.active')]).toEqual([0, 101])
  })

  it('that is expected to be 503 is fine', async () => {
    const reading = await answered((_req, res) => json(res, { active_sessions: 1 }, 503), { expect: { status: [503] } })
    expect([reading.up, reading.error]).toEqual([1, undefined])
  })

  it('is read whatever its content type, and with NaN in it', async () => {
    const reading = await answered(
      (_req, res) =>
        void res
          .writeHead(200, { 'content-type': 'text/html' })
          .end('\ufeff{"cpu_percent": NaN, "x": -Infinity, "note": "NaN", "active_sessions": 4}'),
    )
    expect(reading.points).toMatchObject([{ metric: 'sessions.active', value: 4 }])
    expect(reading.mapped.filter(({ how }) => how === 'ignored').map(({ path }) => path)).toEqual(['cpu_percent', 'x'])
  })

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
  ] as const)('may be compressed with %s', async (encoding, compress) => {
    const reading = await answered(
      (_req, res) => void res.writeHead(200, { 'content-encoding': encoding }).end(compress('{"active_sessions": 4}')),
    )
    expect(value(reading, 'sessions.active')).toBe(4)
  })

  it('may come after a redirect on the same host', async () => {
    const reading = await answered((req, res) =>
      req.url === '/health'
        ? void res.writeHead(302, { location: '/v2/health' }).end()
        : json(res, { active_sessions: 4 }),
    )
    expect([reading.up, value(reading, 'sessions.active')]).toEqual([1, 4])
  })
})

const page: RequestListener = (_req, res) =>
  void res.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title>')
const endless: RequestListener = (_req, res) => {
  res.writeHead(200)
  const timer = setInterval(() => res.write(' '), 20)
  res.on('close', () => clearInterval(timer))
}
const megabytes: RequestListener = (_req, res) => {
  res.writeHead(200)
  let left = 30
  const more = (): void => {
    while (left-- > 0) if (!res.write(Buffer.alloc(2 ** 20, 32))) return void res.once('drain', more)
    res.end()
  }
  more()
}

describe('what gives nothing to read has a name', () => {
  it.each<[string, RequestListener, string, RegExp]>([
    ['a body that never ends', endless, 'unending', /^body did not end within 0.3 s/],
    ['silence', () => undefined, 'timeout', /^no answer within 0.3 s/],
  ])('%s', async (_, listener, code, message) => {
    const { up, error } = await answered(listener, {}, SHORT_MS)
    expect({ up, code: error?.code }).toEqual({ up: 0, code })
    expect(error?.message).toMatch(message)
  })

  it.each<[string, RequestListener, Reading['up'], string, RegExp]>([
    ['a web page', page, 0, 'html', /web page instead of JSON/],
    ['an empty body', (_req, res) => void res.end(), 0, 'empty', /empty/],
    ['broken JSON', (_req, res) => void res.end('{"a": '), 0, 'not_json', /not JSON/],
    ['30 MB', megabytes, 0, 'too_large', /^body larger than 2 MiB/],
    [
      'a compressed bomb',
      (_req, res) => void res.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(30 * 2 ** 20))),
      0,
      'too_large',
      /2 MiB/,
    ],
    ['a hang-up', (req) => void req.socket.destroy(), 0, 'reset', /closed before a whole answer/],
    [
      'a redirect to another host',
      (_req, res) => void res.writeHead(302, { location: `http://login.example.com/in?token=${SECRET}` }).end(),
      1,
      'redirect',
      /http:\/\/login\.example\.com\/in\?token=…/,
    ],
    [
      'a redirect to itself',
      (_req, res) => void res.writeHead(302, { location: '/health' }).end(),
      1,
      'redirect',
      /more than 3 times/,
    ],
    ['a redirect to nowhere', (_req, res) => void res.writeHead(302).end(), 1, 'redirect', /without a usable address/],
    ['401', (_req, res) => json(res, {}, 401), 1, 'http_status', /check `bearer`/],
    [
      '401 that asks for a password',
      (_req, res) => void res.writeHead(401, { 'www-authenticate': 'Basic realm="shop"' }).end(),
      1,
      'http_status',
      /a user and a password.*https:\/\/me:\$\{PASSWORD\}@/,
    ],
    [
      '401 that asks for what we cannot',
      (_req, res) => void res.writeHead(401, { 'www-authenticate': 'Digest realm="shop", nonce="1"' }).end(),
      1,
      'http_status',
      /sign in by Digest, which Headroom cannot/,
    ],
    ['403', (_req, res) => json(res, {}, 403), 1, 'http_status', /may not read/],
    ['404', (_req, res) => json(res, {}, 404), 1, 'http_status', /nothing at this path/],
    [
      '502 without a document',
      (_req, res) => void res.writeHead(502).end('<html>Bad gateway</html>'),
      0,
      'http_status',
      /HTTP 502/,
    ],
  ])('%s', async (_name, listener, up, code, message) => {
    const reading = await answered(listener, { bearer: SECRET })
    expect(reading).toMatchObject({ up, points: [], error: { code, message: expect.stringMatching(message) } })
    expect(JSON.stringify(reading)).not.toContain(SECRET)
  })

  it('nothing listens there', async () => {
    const server = await serve(page)
    await server[Symbol.asyncDispose]()
    expect(await ask(server.url)).toMatchObject({ up: 0, error: { code: 'refused' } })
  })

  it('a name that does not exist says nothing of the system', async () => {
    expect(await ask('http://no-such-host.invalid/health')).toMatchObject({ up: null, error: { code: 'dns' } })
  })

  it('something else than HTTP', async () => {
    const server = createServer((socket) => void socket.end('SSH-2.0-x\r\n'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const reading = await ask(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`)
    server.close()
    expect(reading).toMatchObject({ up: 0, error: { code: 'not_http' } })
  })
})

describe('TLS', () => {
  const listener: RequestListener = (_req, res) => json(res, { active_sessions: 4 })

  it('refuses a certificate nobody vouches for, without saying the system is down', async () => {
    await using server = await serve(listener, selfSigned('localhost'))
    expect(await ask(server.url)).toMatchObject({
      up: null,
      error: { code: 'tls', message: expect.stringContaining('insecure: true') },
    })
  })

  it('takes it when told to, aloud', async () => {
    await using server = await serve(listener, selfSigned('localhost'))
    const said: string[] = []
    const log = { ...silentLogger, log: (_level: string, message: string) => void said.push(message) }
    const options = {
      ...httpJson.schema.parse({ url: server.url, insecure: true }),
      id: 'a',
      everyMs: 5_000,
      timeoutMs: TIMEOUT_MS,
      maxSeries: 200,
      labels: {},
    }
    await using source = httpJson.open(options, { clock: systemClock, log })
    expect(await source.poll(AbortSignal.timeout(TIMEOUT_MS))).toMatchObject({ up: 1 })
    expect(said).toEqual([expect.stringContaining('insecure')])
  })

  it('to a server of HTTP/2 alone says so', async () => {
    const server = createSecureServer(selfSigned('localhost'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const url = `https://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`
    const reading = await ask(url, { insecure: true })
    server.close()
    expect(reading).toMatchObject({
      up: null,
      error: { code: 'tls', message: expect.stringContaining('HTTP/2 only') as string },
    })
  })

  it('to a port that speaks plain HTTP fails by name', async () => {
    await using server = await serve(listener)
    expect(await ask(server.url.replace('http:', 'https:'))).toMatchObject({ up: 0, error: { code: 'tls' } })
  })
})

describe('secrets', () => {
  it('go where they belong and nowhere else', async () => {
    let seen: { url: string | undefined; authorization: string | undefined; key: unknown } | undefined
    await using server = await serve((req, res) => {
      seen = { url: req.url, authorization: req.headers.authorization, key: req.headers['x-key'] }
      res.writeHead(401).end()
    })
    const reading = await ask(`${server.url}/m?page=1`, {
      bearer: `${SECRET}\n`,
      query: { admin_token: SECRET },
      headers: { 'X-Key': SECRET },
    })
    expect(seen).toEqual({ url: `/m?page=1&admin_token=${SECRET}`, authorization: `Bearer ${SECRET}`, key: SECRET })
    expect(JSON.stringify(reading)).not.toContain(SECRET)
  })

  it('in the address become a header, and are not shown', async () => {
    let authorization: string | undefined
    await using server = await serve((req, res) => {
      authorization = req.headers.authorization
      json(res, {})
    })
    const url = server.url.replace('http://', `http://me:${SECRET}@`)
    await ask(url)
    expect(authorization).toBe(`Basic ${Buffer.from(`me:${SECRET}`).toString('base64')}`)
    expect(httpJson.describe(httpJson.schema.parse({ url: `${url}/x?token=${SECRET}#y` }))).toBe(
      `${server.url}/x?token=…`,
    )
  })

  it('are not carried to another host', async () => {
    let asked = 0
    await using other = await serve((_req, res) => {
      asked++
      json(res, {})
    })
    const reading = await answered((_req, res) => void res.writeHead(307, { location: other.url }).end(), {
      bearer: SECRET,
    })
    expect([reading.error?.code, asked]).toEqual(['redirect', 0])
  })
})

describe('connections', () => {
  it('are kept from one question to the next', async () => {
    await using server = await serve((_req, res) => json(res, { active_sessions: 4 }))
    const options = {
      ...httpJson.schema.parse({ url: server.url }),
      id: 'a',
      everyMs: 5_000,
      timeoutMs: TIMEOUT_MS,
      maxSeries: 200,
      labels: {},
    }
    await using source = httpJson.open(options, { clock: systemClock, log: silentLogger })
    for (let times = 0; times < 5; times++) {
      await source.poll(AbortSignal.timeout(TIMEOUT_MS))
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(server.connections()).toBe(1)
  })

  it('that the server closed while idle are opened again without a failure', async () => {
    let asked = 0
    await using server = await serve((req, res) => {
      asked++
      if (asked % 2 === 0) return void req.socket.destroy()
      json(res, { active_sessions: 4 })
    })
    const options = {
      ...httpJson.schema.parse({ url: server.url }),
      id: 'a',
      everyMs: 5_000,
      timeoutMs: TIMEOUT_MS,
      maxSeries: 200,
      labels: {},
    }
    await using source = httpJson.open(options, { clock: systemClock, log: silentLogger })
    await source.poll(AbortSignal.timeout(TIMEOUT_MS))
    expect(await source.poll(AbortSignal.timeout(TIMEOUT_MS))).toMatchObject({ up: 1 })
  })
})

describe('options', () => {
  it.each([
    { url: 'ftp://example.com' },
    { url: 'example.com/health' },
    { url: 'http://example.com', header: {} },
    { url: 'http://example.com', bearer: 'a\nb' },
    { url: 'http://example.com', expect: { status: [] } },
    { url: 'http://example.com', map: { a: { metric: 'x', kind: 'guage' } } },
  ])('refuses %j', (options) => {
    expect(httpJson.schema.safeParse(options).success).toBe(false)
  })
})
