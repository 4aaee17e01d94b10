import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { ErrorBody, ROUTES, type Route } from '@headroom/shared/contracts.ts'
import type { Note } from '@headroom/shared/model/note.ts'
import type { Event } from '@headroom/shared/model/event.ts'
import { expect, test } from 'vitest'
import { seriesView, serve } from './testing/serve.ts'

function problem(json: unknown): { code: string; message: string; path?: string | undefined } {
  return ErrorBody.parse(json).error
}

const notes = (...times: number[]): Note[] =>
  times.map((at, index) => ({ id: String(index), at, text: 'x', kind: 'note' }))

test('every reading route of the contract is served, and answers as its schema says', async () => {
  await using served = await serve()
  for (const route of Object.values<Route>(ROUTES).filter(({ method }) => method === 'GET')) {
    const { status, json, headers } = await served.get(
      `/api/v1${route.path}${route === ROUTES.range ? '?series=1' : route === ROUTES.answers ? '?system=a' : ''}`,
    )
    expect([route.path, status]).toEqual([route.path, 200])
    expect(route.response.safeParse(json).success).toBe(true)
    expect(headers['cache-control']).toBe('no-store')
  }
})

test('at= and the filters reach the ports, and nothing that was not given', async () => {
  await using served = await serve()
  await served.get('/api/v1/systems?at=1700')
  await served.get('/api/v1/series?system=a&all=1&surprise=1')
  await served.get('/api/v1/alerts?state=all&from=1&to=2&limit=10')
  await served.get('/api/v1/events?at=1700')
  expect(served.asked.events).toEqual([{ to: 1700, limit: 501, order: 'asc' }])
  await served.get('/api/v1/events?kind=log&system=a&pattern=memory-error&before=1700&limit=5')
  expect(served.asked.events).toEqual([
    { kinds: ['log'], system: 'a', pattern: 'memory-error', before: 1700, limit: 6, order: 'desc' },
  ])
  await served.get('/api/v1/events?at=1700&to=1500')
  expect(served.asked.events).toEqual([{ to: 1500, limit: 501, order: 'asc' }])
  await served.get('/api/v1/range?series=1&at=1000000')
  expect(served.asked.range).toEqual([{ series: [1], from: 100_000, to: 1_000_000, points: 300 }])
  expect(served.asked.systems).toEqual([1700])
  expect(served.asked.series).toEqual([{ system: 'a', all: true }])
  expect(served.asked.alerts).toEqual([{ state: 'all', from: 1, to: 2, limit: 11 }])
})

test('a recording that is not there is 404, and never the live world', async () => {
  await using served = await serve()
  for (const path of [
    '/systems',
    '/series',
    '/range?series=1',
    '/events',
    '/flags',
    '/alerts',
    '/notes',
    '/definitions',
  ]) {
    const { status, json } = await served.get(`/api/v1${path}${path.includes('?') ? '&' : '?'}recording=r1`)
    expect([path, status, problem(json).code]).toEqual([path, 404, 'unknown_recording'])
  }
})

test('an unknown path is 404 with the nearest known one', async () => {
  await using served = await serve()
  const { status, json } = await served.get('/api/v1/sistems')
  expect(status).toBe(404)
  expect(problem(json)).toMatchObject({
    code: 'unknown_path',
    message: expect.stringContaining('Did you mean /api/v1/systems?'),
  })
  expect((await served.get('/api/v2/systems')).status).toBe(404)
  expect(problem((await served.get('/api/status')).json).message).toContain('/api/v1')
})

test('a wrong method is 405 with Allow', async () => {
  await using served = await serve()
  const { status, headers, json } = await served.get('/api/v1/status', { method: 'POST', body: {} })
  expect([status, headers.allow, problem(json).code]).toEqual([405, 'GET, HEAD, OPTIONS', 'method_not_allowed'])
  expect((await served.get('/api/v1/notes/n1', { method: 'PUT' })).headers.allow).toBe('PATCH, DELETE, OPTIONS')
  expect((await served.get('/api/v1/notes', { method: 'OPTIONS' })).status).toBe(204)
})

test('bad queries are 400 and name their place', async () => {
  await using served = await serve()
  for (const [path, place] of [
    ['/alerts?state=closed', 'state'],
    ['/alerts?limit=5001', 'limit'],
    ['/notes?before=soon', 'before'],
    ['/range?series=a', 'series'],
  ] as const) {
    const { status, json } = await served.get(`/api/v1${path}`)
    expect([status, problem(json).code, problem(json).path]).toEqual([400, 'invalid_query', place])
  }
  expect(problem((await served.get('/api/v1/events?kind=alrt')).json)).toMatchObject({
    code: 'unknown_kind',
    path: 'kind',
  })
})

test('bodies: JSON only, not broken, not too large, as the schema says', async () => {
  await using served = await serve()
  const post = async (raw: string, type = 'application/json') => {
    const { status, json } = await served.get('/api/v1/notes', {
      method: 'POST',
      raw,
      headers: { 'content-type': type },
    })
    return [status, problem(json).code]
  }
  expect(await post('{"text":')).toEqual([400, 'invalid_json'])
  expect(await post('text=x', 'application/x-www-form-urlencoded')).toEqual([415, 'unsupported_type'])
  expect(await post(JSON.stringify({ text: 'x'.repeat(256 * 1024) }))).toEqual([413, 'too_large'])
  expect(await post('{"text":" "}')).toEqual([400, 'invalid_body'])
  expect(await post('{"text":"x","colour":"red"}')).toEqual([400, 'invalid_body'])
  expect(await post('{"text":"x","at":5,"until":4}')).toEqual([400, 'bad_span'])
  const bomb = gzipSync(JSON.stringify({ text: 'x'.repeat(3_000_000) }))
  const { status } = await served.get('/api/v1/notes', {
    method: 'POST',
    raw: bomb,
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
  })
  expect(status).toBe(413)
})

test('notes are written in the name of the identity, changed and removed; an unknown one is 404', async () => {
  await using served = await serve()
  const written = await served.get('/api/v1/notes', { method: 'POST', body: { text: 'Lab 2 starts' } })
  expect([written.status, written.json]).toEqual([
    201,
    { id: 'n2', at: served.clock.now(), text: 'Lab 2 starts', kind: 'note', by: 'local' },
  ])
  expect((await served.get('/api/v1/notes/n1', { method: 'PATCH', body: { text: 'later' } })).json).toMatchObject({
    id: 'n1',
    text: 'later',
  })
  expect((await served.get('/api/v1/notes/n1', { method: 'DELETE' })).json).toMatchObject({ id: 'n1' })
  const { status, json } = await served.get('/api/v1/notes/n9', { method: 'DELETE' })
  expect([status, problem(json).code]).toEqual([404, 'unknown_note'])
})

test('range: the last 15 minutes by default, by number or by system and metric', async () => {
  await using served = await serve()
  const now = served.clock.now()
  await served.get('/api/v1/range?series=1,2')
  expect(served.asked.range).toEqual([{ series: [1, 2], from: now - 900_000, to: now, points: 300 }])
  await served.get('/api/v1/range?system=a&metric=memory.used_percent@redis&from=1&to=2&points=5')
  expect(served.asked.range?.[0].series).toEqual([3])
  const { json } = await served.get('/api/v1/range?series=1&from=1&to=2')
  expect(json).toMatchObject({ from: 1, to: 2, stepMs: 1_000, series: [{ id: 1 }] })
})

test('range refuses what cannot be answered, and says what to do', async () => {
  await using served = await serve()
  for (const [query, code] of [
    ['', 'no_series'],
    ['?series=1&from=5&to=5', 'bad_range'],
    [`?series=${Array.from({ length: 501 }, (_, id) => id + 1).join(',')}`, 'range_too_large'],
    [`?series=${Array.from({ length: 300 }, (_, id) => id + 1).join(',')}&points=5000`, 'range_too_large'],
  ]) {
    const { status, json } = await served.get(`/api/v1/range${query}`)
    expect([status, problem(json).code]).toEqual([400, code])
  }
})

test('range of a number that no series has is 404 and names it', async () => {
  await using served = await serve()
  const { status, json } = await served.get('/api/v1/range?series=1,999999,5000')
  expect([status, problem(json)]).toEqual([
    404,
    {
      code: 'unknown_series',
      message: expect.stringContaining('no series 999999 (nor 5000)') as string,
      path: 'series',
    },
  ])
  expect(served.asked.range).toBeUndefined()
})

test('series are paged by number', async () => {
  await using served = await serve()
  served.reads.series = async () => [5, 3, 9, 1, 7].map((id) => seriesView(id))
  const ids: number[][] = []
  let next: string | undefined = '/api/v1/series?limit=2'
  while (next !== undefined) {
    const { json, headers } = await served.get(next)
    ids.push(ROUTES.series.response.parse(json).map(({ id }) => id))
    next = /<(.+)>; rel="next"/.exec(String(headers.link))?.[1]
  }
  expect(ids).toEqual([[1, 3], [5, 7], [9]])
})

test('points=raw is paged by the Link header', async () => {
  await using served = await serve()
  served.reads.raw = async () => ({ series: [{ id: 1, t: [1], v: [2] }], next: 77 })
  const { json, headers } = await served.get('/api/v1/range?series=1&from=1&to=100&points=raw&limit=1')
  expect(json).toEqual({ from: 1, to: 100, series: [{ id: 1, t: [1], v: [2] }] })
  expect(headers.link).toBe('</api/v1/range?series=1&from=77&to=100&points=raw&limit=1>; rel="next"')
})

test('lists are paged by time, and a page does not end between two of one time', async () => {
  await using served = await serve()
  const all = notes(9, 8, 7, 7, 7, 6)
  served.reads.notes = async ({ limit, before = Infinity }) => all.filter(({ at }) => at < before).slice(0, limit)
  const times: number[][] = []
  let next: string | undefined = '/api/v1/notes?limit=3'
  while (next !== undefined) {
    const { json, headers } = await served.get(next)
    times.push(ROUTES.notes.response.parse(json).map(({ at }) => at))
    next = /<(.+)>; rel="next"/.exec(String(headers.link))?.[1]
  }
  expect(times).toEqual([[9, 8], [7, 7, 7], [6]])
})

test('events go on by after; with before the older ones come, in order too', async () => {
  await using served = await serve()
  const all: Event[] = Array.from({ length: 5 }, (_, index) => ({
    seq: index + 1,
    at: index + 1,
    kind: 'log',
    level: 'info',
    text: 'x',
  }))
  served.reads.events = async ({ after = 0, before = Infinity, limit, order }) => {
    const found = all.filter(({ seq, at }) => seq > after && at < before)
    return (order === 'desc' ? found.toReversed() : found).slice(0, limit)
  }
  const seqs = async (path: string) => {
    const { json, headers } = await served.get(`/api/v1/events${path}`)
    return [ROUTES.events.response.parse(json).map(({ seq }) => seq), headers.link]
  }
  expect(await seqs('?limit=2&after=1')).toEqual([[2, 3], '</api/v1/events?limit=2&after=3>; rel="next"'])
  expect(await seqs('?limit=2&after=3')).toEqual([[4, 5], undefined])
  expect(await seqs('?limit=2&before=5')).toEqual([[3, 4], '</api/v1/events?limit=2&before=3>; rel="next"'])
})

test('answers of 1 KiB and more are compressed as the client accepts', async () => {
  await using served = await serve()
  const plain = await served.get('/api/v1/openapi.json')
  const br = await served.get('/api/v1/openapi.json', { headers: { 'accept-encoding': 'gzip, br' } })
  const gzip = await served.get('/api/v1/openapi.json', { headers: { 'accept-encoding': 'gzip' } })
  expect([plain.headers['content-encoding'], br.headers['content-encoding'], gzip.headers['content-encoding']]).toEqual(
    [undefined, 'br', 'gzip'],
  )
  expect(brotliDecompressSync(br.bytes).equals(plain.bytes)).toBe(true)
  expect(gunzipSync(gzip.bytes).equals(plain.bytes)).toBe(true)
  expect(
    (await served.get('/api/v1/systems', { headers: { 'accept-encoding': 'br' } })).headers['content-encoding'],
  ).toBeUndefined()
})

test('a port that fails unexpectedly is 500 without its details', async () => {
  await using served = await serve()
  served.reads.flags = async () => {
    throw new Error('postgres://user:secret@db')
  }
  const { status, text, json } = await served.get('/api/v1/flags')
  expect([status, problem(json).code]).toEqual([500, 'internal'])
  expect(text).not.toContain('secret')
})

test('a path that cannot be decoded is 400, HEAD has no body', async () => {
  await using served = await serve()
  expect((await served.get('/api/v1/notes/%E0%A4%A', { method: 'DELETE' })).status).toBe(400)
  expect((await served.get('/api/v1/status', { method: 'HEAD' })).bytes.length).toBe(0)
})
