import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ErrorBody } from '@headroom/shared/contracts.ts'
import { SystemWritten, Trial } from '@headroom/shared/model/trial.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadConfig } from '../src/config/load.ts'
import { USUAL_PATHS } from '../src/discovery/endpoint.ts'
import { loadPresets } from '../src/presets/load.ts'
import { SOURCES } from '../src/sources/index.ts'
import { Collector, temporaryFolder, watched } from './support/collector.ts'
import { Endpoint, json, raw, silence } from './support/endpoint.ts'
import { statusWith } from './support/headers.ts'
import { until } from './support/until.ts'

const HEALTH = {
  status: 'ok',
  active_sessions: 5,
  max_sessions: 100,
  upload: { p95_seconds: 2 },
  users: ['Mira Okonkwo'],
}

let collector: Collector
let shop: Endpoint
const stack = new AsyncDisposableStack()
beforeAll(async () => {
  shop = stack.use(await Endpoint.open(json(HEALTH)))
  const folder = stack.use(await temporaryFolder())
  const env = { KNOWN_TOKEN: 'from-the-environment-1' }
  const yaml = `systems:\n${watched('shop', shop.url, { source: 'bearer: "${KNOWN_TOKEN}"' })}`
  collector = stack.use(await Collector.start(folder.path, yaml, { env }))
})
afterAll(() => stack.disposeAsync())

type Said = { status: number; text: string; json: unknown }

async function post(path: string, body: unknown): Promise<Said> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${collector.url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  const text = await answer.text()
  return { status: answer.status, text, json: JSON.parse(text) }
}

async function tried(body: unknown): Promise<Trial> {
  const { status, json: said } = await post('/try', body)
  expect([status, Trial.safeParse(said).error]).toEqual([200, undefined])
  return Trial.parse(said)
}

async function refused(path: string, body: unknown): Promise<{ status: number } & ErrorBody['error']> {
  const { status, json: said } = await post(path, body)
  return { status, ...ErrorBody.parse(said).error }
}

const says = (pattern: RegExp): string => expect.stringMatching(pattern) as string

/** What a file of these lines would watch, with every variable set. */
function loaded(lines: string): unknown {
  const result = loadConfig(lines, { lookup: (name) => `value-of-${name}`, sources: SOURCES, presets: loadPresets() })
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.config.systems
}

describe('an address', () => {
  it('is asked once; what was mapped, what it looks like, and the lines that would watch it', async () => {
    await using cafe = await Endpoint.open(json(HEALTH))
    const { ok, tried: pages, suggestion, lines, secrets, file } = await tried({ url: cafe.url })
    expect(ok).toBe(true)
    expect(pages).toMatchObject([{ type: 'http-json', place: cafe.url, leftOut: 0 }])
    expect(pages[0]?.mapped).toContainEqual({
      path: 'active_sessions',
      metric: 'sessions.active',
      unit: 'count',
      value: 5,
      labels: {},
      how: 'known',
    })
    expect(suggestion).toMatchObject({
      id: expect.stringMatching(/^host-127-0-0-1-\d+$/) as string,
      preset: 'workshop-on-render',
      presetWhy: expect.stringContaining('sessions.active') as string,
    })
    expect(secrets).toEqual([])
    expect(file).toEqual({ path: join(collector.folder, 'headroom.yaml'), exists: true, writable: false })
    expect(lines).not.toContain('Mira')
    expect(loaded(`systems:\n${lines}`)).toMatchObject([
      { id: suggestion?.id, sources: [{ type: 'http-json', options: { url: cafe.url } }] },
    ])
    expect(cafe.requests).toHaveLength(1)
    expect((await collector.systems()).map(({ id }) => id)).toEqual(['shop'])
  })

  it('that names no page is looked behind, and every page that was asked is told of', async () => {
    await using cafe = await Endpoint.open((response, request) =>
      request.url === '/system-stats'
        ? json({ cpu_percent: 4 })(response, request)
        : raw('nothing', 'text/plain', 404)(response, request),
    )
    const { ok, tried: pages, lines } = await tried({ url: new URL(cafe.url).origin })
    expect(ok).toBe(true)
    expect(pages.map(({ place, error }) => [new URL(place).pathname, error?.code])).toEqual(
      ['/', ...USUAL_PATHS].map((path) => [path, path === '/system-stats' ? undefined : 'http_status']),
    )
    expect(lines).toContain('/system-stats')
    expect(lines).not.toContain('/api/health')
  })

  it('that answers alike everywhere is one page; of the others it is said', async () => {
    await using cafe = await Endpoint.open((response, request) =>
      request.url?.startsWith('/health') === true
        ? json({ status: 'ok', active_sessions: 4 })(response, request)
        : raw('nothing', 'text/plain', 404)(response, request),
    )
    const { ok, tried: pages, lines } = await tried({ url: new URL(cafe.url).origin })
    expect(ok).toBe(true)
    const gave = pages.filter(({ error }) => error?.code !== 'http_status')
    expect(gave.map(({ place, error }) => [new URL(place).pathname, error?.message])).toEqual([
      ['/health', undefined],
      ['/healthz', `gives the same as ${gave[0]?.place}`],
      ['/healthcheck', `gives the same as ${gave[0]?.place}`],
    ])
    expect(lines).not.toContain('/healthz')
  })

  it('of an exposition is asked as one, and the lines say so', async () => {
    await using cafe = await Endpoint.open(
      raw('# TYPE process_open_fds gauge\nprocess_open_fds 9\nrooms 3\n', 'text/plain'),
    )
    const { ok, tried: pages, lines } = await tried({ url: `${new URL(cafe.url).origin}/metrics` })
    expect(ok).toBe(true)
    expect(pages).toMatchObject([
      {
        type: 'prometheus',
        mapped: expect.arrayContaining(
          [{ metric: 'rooms', value: 3 }].map((row) => expect.objectContaining(row) as unknown),
        ) as unknown,
      },
    ])
    expect(loaded(`systems:\n${lines}`)).toMatchObject([{ sources: [{ type: 'prometheus' }] }])
  })

  it('that gives nothing has a named reason with what to do, and no lines', async () => {
    await using gone = await Endpoint.open(silence)
    await gone.refuse()
    expect(await tried({ url: gone.url })).toMatchObject({
      ok: false,
      lines: '',
      tried: [
        { error: { code: 'refused', message: expect.stringContaining('check that the service runs') as string } },
      ],
    })
    await using page = await Endpoint.open(raw('<html>Sign in', 'text/html'))
    expect(await tried({ url: page.url })).toMatchObject({ ok: false, tried: [{ error: { code: 'html' } }] })
    // Without any network a look-up does not fail, it hangs.
    const code = expect.stringMatching(/^(dns|timeout)$/) as string
    expect(await tried({ url: 'http://nowhere.invalid/health' })).toMatchObject({ tried: [{ error: { code } }] })
  })

  it('with tokens in it names variables instead, though the system says them back', async () => {
    const secrets = ['query-token-7731', 'f00ba2c3d4e5f6a7', 'pass-word-88', 'user0token1234567']
    await using echo = await Endpoint.open((response, request) =>
      json({ [`${request.url}`]: 1, status: `${request.headers.authorization}`, queue_length: 3 })(response, request),
    )
    const address = new URL(echo.url)
    address.search = `?token=${secrets[0]}&t=${secrets[1]}&page=2`
    address.password = secrets[2] ?? ''
    address.username = secrets[3] ?? ''
    const said = await post('/try', { url: address.href })
    for (const secret of [...secrets, Buffer.from(`${secrets[3]}:${secrets[2]}`).toString('base64')])
      expect(said.text).not.toContain(secret)
    const { lines, secrets: names, ok } = Trial.parse(said.json)
    expect(ok).toBe(true)
    expect(names).toHaveLength(4)
    for (const name of names) expect(lines).toContain(`\${${name}}`)
    expect(lines).toContain('page=2')
    expect(loaded(`systems:\n${lines}`)).toHaveLength(1)
  })

  it('with a password that breaks it says how to write one, without the password', async () => {
    for (const url of ['http://me:pa/s3cret@shop.example/health', 'https://me:pa#s3cret@shop.example']) {
      const said = await refused('/try', { url })
      expect(said).toMatchObject({ code: 'invalid_address', message: expect.stringContaining('%2F') as string })
      expect(JSON.stringify(said)).not.toContain('s3cret')
      const source = await refused('/try', { source: { type: 'http-json', url } })
      expect(source).toMatchObject({ code: 'invalid_source', message: expect.stringContaining('%2F') as string })
      expect(JSON.stringify(source)).not.toContain('s3cret')
    }
  })

  it('with a percent sign in its password that encodes nothing is asked with that password', async () => {
    let said: string | undefined
    await using cafe = await Endpoint.open((response, request) => {
      said = request.headers.authorization
      json(HEALTH)(response, request)
    })
    expect(await tried({ url: cafe.url.replace('http://', 'http://me:100%@') })).toMatchObject({ ok: true })
    expect(said).toBe(`Basic ${Buffer.from('me:100%').toString('base64')}`)
  })

  it.each(['postgres://me:pa/s3cret@127.0.0.1:1/db', 'redis://:pa/s3@cret@127.0.0.1:1'])(
    '%s: its lines name a variable for the password',
    async (url) => {
      const { lines, secrets } = await tried({ source: { type: url.split(':')[0], url }, ask: false })
      expect(lines).not.toContain('pa/s3')
      expect(secrets).toEqual([expect.stringMatching(/_PASSWORD$/)])
      expect(lines).toContain(`\${${secrets[0]}}`)
    },
  )

  it.each(['', 'ftp://x', 'http://', 'not an address'])('%j is refused: it is none', async (url) => {
    expect(await refused('/try', { url })).toMatchObject({
      status: 400,
      code: 'invalid_address',
      message: expect.stringContaining('https://app.example.com/health') as string,
      path: 'url',
    })
  })

  it.each([
    'http://169.254.169.254/latest/meta-data',
    'http://[fe80::1]/',
    'http://[fd00:ec2::254]/',
    'http://[::ffff:169.254.169.254]/',
    'http://2852039166/',
    'http://0xa9.0xfe.0xa9.0xfe/',
    'http://100.100.100.200/',
    'http://metadata.google.internal/computeMetadata/v1/',
  ])('%s is not asked: it is where a machine keeps what is its own', async (url) => {
    const { ok, tried: pages, lines } = await tried({ url })
    expect([ok, lines]).toEqual([false, ''])
    for (const { error } of pages)
      expect(error).toEqual({ code: 'forbidden', message: expect.stringContaining('headroom.yaml by hand') as string })
  })

  it('that sends us elsewhere is not followed there', async () => {
    await using other = await Endpoint.open(json(HEALTH))
    for (const location of ['http://169.254.169.254/latest/meta-data', other.url]) {
      await using redirecting = await Endpoint.open((response) => void response.writeHead(302, { location }).end())
      expect(await tried({ url: redirecting.url })).toMatchObject({
        ok: false,
        tried: [{ error: { code: 'redirect' } }],
      })
    }
    expect(other.requests).toHaveLength(0)
  })
})

describe('a source, as it would stand in the file', () => {
  it('is asked with its own options; its tokens are sent, and never said', async () => {
    const secrets = { bearer: 'bearer-0a1b2c3d', header: 'plain words too', query: 'q-5566778899aa' }
    await using echo = await Endpoint.open((response, request) =>
      json({ memory_percent: 30, workers: [{ name: request.headers.authorization, busy: 1 }] })(response, request),
    )
    const source = {
      type: 'http-json',
      url: echo.url,
      every: '2s',
      bearer: secrets.bearer,
      headers: { 'X-Workshop': secrets.header, accept: 'application/json' },
      query: { key: secrets.query, format: 'full' },
      map: { memory_percent: { metric: 'memory.mine', unit: 'percent' } },
    }
    const said = await post('/try', { source, system: 'shop' })
    for (const secret of Object.values(secrets)) expect(said.text).not.toContain(secret)
    const sent = echo.requests[0]
    expect([sent?.headers.authorization, sent?.headers['x-workshop'], sent?.url]).toEqual([
      `Bearer ${secrets.bearer}`,
      secrets.header,
      `/health?key=${secrets.query}&format=full`,
    ])
    const { lines, secrets: names, tried: sources } = Trial.parse(said.json)
    expect(sources).toMatchObject([{ type: 'http-json', place: echo.url }])
    expect(sources[0]?.mapped).toContainEqual(expect.objectContaining({ metric: 'memory.mine', how: 'map' }))
    expect(names).toEqual(['SHOP_HTTP_JSON_2_BEARER', 'SHOP_HTTP_JSON_2_X_WORKSHOP', 'SHOP_HTTP_JSON_2_KEY'])
    // Its system has a source of that name: the lines are one source more, under a name of its own.
    expect(loaded(`systems:\n  - id: shop\n    sources:\n${lines}`)).toMatchObject([
      {
        sources: [
          {
            id: 'http-json-2',
            everyMs: 2_000,
            options: {
              bearer: 'value-of-SHOP_HTTP_JSON_2_BEARER',
              headers: { 'X-Workshop': 'value-of-SHOP_HTTP_JSON_2_X_WORKSHOP', accept: 'application/json' },
              query: { key: 'value-of-SHOP_HTTP_JSON_2_KEY', format: 'full' },
            },
          },
        ],
      },
    ])
  })

  it('of this very machine is asked too', async () => {
    const { ok, suggestion, lines } = await tried({ source: { type: 'host' } })
    expect([ok, suggestion?.id]).toEqual([true, 'host'])
    expect(loaded(`systems:\n${lines}`)).toMatchObject([{ id: 'host', sources: [{ type: 'host' }] }])
  })

  it('that is not right is refused in the words of the configuration, with its place', async () => {
    expect(
      await refused('/try', { source: { type: 'http-json', url: shop.url, evry: '1s', bearer: 'secret-1234' } }),
    ).toMatchObject({
      status: 400,
      code: 'invalid_source',
      message: 'evry: unknown key; did you mean "every"?',
      path: 'source.evry',
    })
    expect(await refused('/try', { source: { type: 'http-jsn' } })).toMatchObject({
      status: 400,
      code: 'invalid_source',
      message: expect.stringContaining('did you mean'),
      path: 'source.type',
    })
    expect(await refused('/try', { source: { type: 'http-json', url: 'mailto:x' } })).toMatchObject({
      status: 400,
      code: 'invalid_source',
      message: says(/^url: must be an address/),
      path: 'source.url',
    })
  })

  it('reads no variable: what is in the environment cannot be sent anywhere by a browser', async () => {
    await using elsewhere = await Endpoint.open(json(HEALTH))
    for (const source of [
      { type: 'http-json', url: elsewhere.url, bearer: '${KNOWN_TOKEN}' },
      { type: 'http-json', url: `${elsewhere.url}?x=\${KNOWN_TOKEN}` },
      { type: 'http-json', url: elsewhere.url, headers: { a: 'x${PATH}' } },
      { type: 'http-json', url: shop.url, bearer: '${KNOWN_TOKEN}' },
    ])
      expect(await refused('/try', { source })).toMatchObject({
        status: 400,
        code: 'variable_not_read',
        message: says(/give the token itself/),
        path: 'source',
      })
    expect(await refused('/try', { url: `${elsewhere.url}?\${KNOWN_TOKEN}` })).toMatchObject({
      status: 400,
      code: 'variable_not_read',
    })
    expect(elsewhere.requests).toHaveLength(0)
  })

  it('runs no command and reads no file of this machine', async () => {
    for (const key of ['command', 'file'])
      expect(await refused('/try', { source: { type: 'log', [key]: '/etc/passwd' } })).toMatchObject({
        status: 400,
        code: 'only_from_file',
        message: says(/headroom\.yaml/),
        path: `source.${key}`,
      })
  })

  it('is not asked where only its lines are wanted; then it may name variables, and a file, but no command', async () => {
    await using elsewhere = await Endpoint.open(json(HEALTH))
    const source = { type: 'http-json', url: elsewhere.url, bearer: '${OTHER_TOKEN}', query: { key: 'q-5566778899aa' } }
    const said = await tried({ source, system: 'cafe', name: 'The café', preset: 'workshop-on-render', ask: false })
    expect(said).toMatchObject({ ok: false, tried: [], secrets: ['OTHER_TOKEN', 'CAFE_KEY'] })
    expect(loaded(`systems:\n${said.lines}`)).toMatchObject([
      {
        id: 'cafe',
        name: 'The café',
        presets: ['workshop-on-render'],
        sources: [{ options: { bearer: 'value-of-OTHER_TOKEN', query: { key: 'value-of-CAFE_KEY' } } }],
      },
    ])
    expect(elsewhere.requests).toHaveLength(0)
    expect(await refused('/try', { source: { type: 'log', command: ['id'] }, ask: false })).toMatchObject({
      code: 'only_from_file',
    })
    expect(await refused('/try', { source, system: 'cafe', preset: 'workshp', ask: false })).toMatchObject({
      code: 'unknown_preset',
    })
  })

  it('that is pushed to gives nothing now, and lines all the same', async () => {
    const { ok, tried: sources, lines } = await tried({ source: { type: 'otlp', token: 'a-token-of-ours-1' } })
    expect([ok, sources[0]?.error, sources[0]?.mapped]).toEqual([false, undefined, []])
    expect(lines).toContain('token: "${OTLP_TOKEN}"')
    expect(lines).not.toContain('no numbers')
  })

  it('is asked no longer than its timeout', async () => {
    await using silent = await Endpoint.open(silence)
    expect(await tried({ source: { type: 'http-json', url: silent.url, timeout: '200ms' } })).toMatchObject({
      ok: false,
      lines: '',
      tried: [{ error: { code: 'timeout' } }],
    })
  })

  it('two at a time: a third is told to come again', async () => {
    const held: (() => void)[] = []
    await using slow = await Endpoint.open((response, request) => void held.push(() => json(HEALTH)(response, request)))
    const source = { type: 'http-json', url: slow.url, timeout: '10s' }
    const two = [1, 2].map(() => post('/try', { source }))
    await until(
      () => held.length,
      (asked) => asked === 2,
    )
    const third = await post('/try', { source })
    expect([third.status, third.text]).toEqual([429, expect.stringContaining('try again in a few seconds')])
    for (const answer of held) answer()
    expect((await Promise.all(two)).map(({ status }) => status)).toEqual([200, 200])
    slow.behaviour = json(HEALTH)
    expect((await post('/try', { source })).status).toBe(200)
  })
})

describe('writing it down, where there is a file already', () => {
  it('gives the lines and leaves the file alone', async () => {
    const before = await readFile(join(collector.folder, 'headroom.yaml'), 'utf8')
    const { status, json: said } = await post('/config/systems', {
      url: shop.url,
      id: 'cafe',
      name: 'The café: "open" ${PATH}',
    })
    const { written, lines, path, why } = SystemWritten.parse(said)
    expect([status, written, path]).toEqual([200, false, join(collector.folder, 'headroom.yaml')])
    expect(why).toContain('is there already')
    expect(loaded(`systems:\n${lines}`)).toMatchObject([{ id: 'cafe', name: 'The café: "open" ${PATH}' }])
    expect(await readFile(join(collector.folder, 'headroom.yaml'), 'utf8')).toBe(before)
  })

  it('refuses what would not be a configuration', async () => {
    const system = { url: shop.url, id: 'cafe', name: 'Café' }
    expect(await refused('/config/systems', { ...system, id: 'shop' })).toMatchObject({
      status: 409,
      code: 'id_taken',
      message: says(/./),
      path: 'id',
    })
    expect(await refused('/config/systems', { ...system, id: 'No!' })).toMatchObject({
      status: 400,
      code: 'invalid_body',
      message: says(/./),
      path: 'id',
    })
    expect(await refused('/config/systems', { ...system, preset: 'ide-on-esc' })).toMatchObject({
      status: 400,
      code: 'unknown_preset',
      message: says(/ide-on-ecs/),
    })
    expect(await refused('/config/systems', { id: 'a', name: 'a' })).toMatchObject({
      status: 400,
      code: 'invalid_body',
    })
    expect(await refused('/config/systems', { ...system, source: { type: 'host' } })).toMatchObject({
      status: 400,
      code: 'invalid_body',
    })
    expect(
      await refused('/config/systems', {
        id: 'a',
        name: 'a',
        source: { type: 'http-json', url: shop.url, command: ['x'] },
      }),
    ).toMatchObject({ status: 400, code: 'only_from_file' })
  })
})

it('pages of other origins and names that are not ours are refused', async () => {
  for (const path of ['/try', '/config/systems']) {
    const address = `${collector.url}/api/v1${path}`
    expect(await statusWith({ origin: 'https://evil.example' }, address, 'POST')).toBe(403)
    expect(await statusWith({ host: 'evil.example' }, address, 'POST')).toBe(421)
    expect(await statusWith({ 'x-forwarded-for': '10.0.0.9' }, address, 'POST')).toBe(401)
  }
})
