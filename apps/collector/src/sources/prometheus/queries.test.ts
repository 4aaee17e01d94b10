import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Reading } from '@headroom/shared/model/reading.ts'
import { describe, expect, it } from 'vitest'
import { FakeClock } from '../../lib/fake-clock.ts'
import { silentLogger } from '../../telemetry/logger.ts'
import { serve } from '../testing/serve.ts'
import { prometheus } from './prometheus.ts'

type Answers = (query: string, request: IncomingMessage, response: ServerResponse) => void

const json =
  (body: unknown, status = 200): Answers =>
  (_, __, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
const vector = (...result: [Record<string, string>, string][]): unknown => ({
  status: 'success',
  data: {
    resultType: 'vector',
    result: result.map(([metric, value]) => ({ metric, value: [1_795_593_600.1, value] })),
  },
})
const refuses = (errorType: string, error: string, status: number): Answers =>
  json({ status: 'error', errorType, error }, status)

async function ask(
  answers: Answers,
  queries: Record<string, unknown>,
  own: Record<string, unknown> = {},
  timeoutMs = 60_000,
): Promise<Reading & { asked: string[] }> {
  const asked: string[] = []
  await using server = await serve((request, response) => {
    asked.push(request.url ?? '')
    answers(new URL(request.url ?? '', 'http://x').searchParams.get('query') ?? '', request, response)
  })
  const options = prometheus.schema.parse({ server: `${server.url}/`, queries, ...own })
  const clock = new FakeClock()
  await using source = prometheus.open(
    { ...options, id: 'prometheus', everyMs: 15_000, timeoutMs, maxSeries: 5, labels: {} },
    { clock, log: silentLogger },
  )
  return { ...(await source.poll(AbortSignal.timeout(timeoutMs))), asked }
}

const shown = ({ points }: Reading): string[] =>
  points.map(({ metric, unit, labels, value }) => `${metric} ${JSON.stringify(labels)} ${value} ${unit}`)

describe('queries', () => {
  it('are asked at the server, each its own, as they are now', async () => {
    const answer = await ask(
      (query, request, response) => json(vector([{}, query === 'a' ? '3' : '71.5']))(query, request, response),
      {
        'queue.length': 'a',
        'memory.used_percent': '100 * b / c',
      },
    )
    expect(shown(answer)).toEqual(['queue.length {} 3 count', 'memory.used_percent {} 71.5 percent'])
    expect(answer.asked.toSorted()).toEqual([
      '/api/v1/query?query=100+*+b+%2F+c&timeout=48000ms',
      '/api/v1/query?query=a&timeout=48000ms',
    ])
    expect([answer.up, answer.error]).toEqual([1, undefined])
    expect(answer.mapped).toMatchObject([{ path: 'a', metric: 'queue.length', value: 3, how: 'map' }, {}])
  })

  it('that give a vector become series by the labels of the allow-list', async () => {
    const answer = await ask(json(vector([{ queue: 'default' }, '3'], [{ queue: 'slow' }, '4'])), {
      'queue.length': 'q',
    })
    expect(shown(answer)).toEqual(['queue.length {"queue":"default"} 3 count', 'queue.length {"queue":"slow"} 4 count'])
  })

  it('that give one series may carry labels that nobody asked for, and keep others by name', async () => {
    const answers = json(vector([{ __name__: 'x', pod: 'a-1', user: 'anna@example.com' }, '3']))
    expect(shown(await ask(answers, { x: 'q' }))).toEqual(['x {} 3 none'])
    expect(shown(await ask(answers, { x: { query: 'q', labels: ['pod', 'user'] } }))).toEqual([
      'x {"pod":"a-1"} 3 none',
    ])
  })

  it('are of a unit that is said', async () => {
    expect(shown(await ask(json(vector([{}, '250'])), { 'latency.p95_seconds': { query: 'q', unit: 'ms' } }))).toEqual([
      'latency.p95_seconds {} 0.25 seconds',
    ])
    expect(shown(await ask(json(vector([{}, '2'])), { fans: { query: 'q', unit: 'fans' } }))).toEqual([
      'fans {} 2 fans',
    ])
  })

  it('that give a scalar are one number', async () => {
    expect(
      shown(await ask(json({ status: 'success', data: { resultType: 'scalar', result: [1, '42'] } }), { x: 'q' })),
    ).toEqual(['x {} 42 none'])
  })

  it('that give nothing leave it unknown, which is not zero', async () => {
    const answer = await ask(json(vector()), { 'queue.length': 'q' })
    expect([answer.up, answer.error, answer.points]).toEqual([1, undefined, []])
    expect(answer.mapped).toMatchObject([{ metric: 'queue.length', value: 'the query gives nothing' }])
  })

  it('that give NaN or Inf give nothing either', async () => {
    const answer = await ask(json(vector([{ state: 'a' }, 'NaN'], [{ state: 'b' }, '+Inf'], [{ state: 'c' }, '1'])), {
      x: 'q',
    })
    expect(shown(answer)).toEqual(['x {"state":"c"} 1 none'])
  })

  it('with warnings pass them on as words', async () => {
    const answer = await ask(
      json({ ...(vector([{}, '1']) as object), warnings: ['slow block'], infos: ['PromQL info: no counter'] }),
      { x: 'q' },
    )
    expect(answer.texts).toEqual([
      { path: 'warnings of Prometheus', lines: ['x: slow block', 'x: PromQL info: no counter'] },
    ])
  })

  it('that give more than maxSeries are cut, and the rest counted', async () => {
    const rows = Array.from({ length: 9 }, (_, index): [Record<string, string>, string] => [
      { instance: `i${index}` },
      '1',
    ])
    const answer = await ask(json(vector(...rows)), { x: 'q' })
    expect([answer.points.length, answer.leftOut]).toEqual([5, 4])
  })
})

describe('a query that cannot be used', () => {
  it.each<[string, Answers, string, RegExp]>([
    [
      'is not understood',
      refuses('bad_data', '1:5: parse error: unclosed left parenthesis', 400),
      'bad_query',
      /^the query for x: Prometheus does not understand it: 1:5: parse error/,
    ],
    [
      'cannot be carried out',
      refuses('execution', 'found duplicate series', 422),
      'bad_query',
      /^the query for x: Prometheus cannot answer it: found dup/,
    ],
    [
      'gives a range',
      json({ status: 'success', data: { resultType: 'matrix', result: [] } }),
      'not_instant',
      /gives a range/,
    ],
    [
      'gives a text',
      json({ status: 'success', data: { resultType: 'string', result: [1, 'a'] } }),
      'not_instant',
      /gives a text/,
    ],
    [
      'takes too long for the server',
      refuses('timeout', 'query timed out in expression evaluation', 503),
      'query_timeout',
      /gave it up/,
    ],
    [
      'breaks inside the server',
      refuses('internal', 'mmap failed', 500),
      'query_failed',
      /failed \(internal\): mmap failed/,
    ],
    [
      'gives series that look alike',
      json(vector([{ pod: 'a' }, '1'], [{ pod: 'b' }, '2'])),
      'same_labels',
      /gives 2 series that differ only by labels which are not kept \(they have pod\)/,
    ],
  ])('because it %s is named', async (_, answers, code, message) => {
    const answer = await ask(answers, { x: 'q' })
    expect([answer.up, answer.error?.code, answer.points]).toEqual([1, code, []])
    expect(answer.error?.message).toMatch(message)
  })

  it('leaves the others alone, and says how many fail', async () => {
    const answer = await ask(
      (query, request, response) =>
        (query === 'good' ? json(vector([{}, '1'])) : refuses('bad_data', 'no', 400))(query, request, response),
      { a: 'good', b: 'bad', c: 'bad' },
    )
    expect(shown(answer)).toEqual(['a {} 1 none'])
    expect(answer.error?.message).toBe(
      'the query for b: Prometheus does not understand it: no (and 1 more of 3 queries)',
    )
  })
})

describe('a server that cannot be used', () => {
  it.each<[string, Answers, 0 | 1 | null, string, RegExp]>([
    [
      'is a login page',
      (_, __, response) => response.writeHead(200).end('<html>Sign in'),
      0,
      'html',
      /^answers a web page/,
    ],
    [
      'asks for a token',
      (_, __, response) => response.writeHead(401).end('Unauthorized'),
      1,
      'http_status',
      /^answers HTTP 401: .*bearer/,
    ],
    [
      'does not let us in',
      (_, __, response) => response.writeHead(403).end('{}'),
      1,
      'http_status',
      /^answers HTTP 403/,
    ],
    ['is another program', json({ hello: 'world' }), 0, 'not_prometheus', /without \/api\/v1/],
    [
      'has nothing there',
      (_, __, response) => response.writeHead(404).end('404 page not found'),
      1,
      'http_status',
      /HTTP 404/,
    ],
    [
      'is behind a proxy that cannot reach it',
      (_, __, response) => response.writeHead(502).end('<html>'),
      0,
      'http_status',
      /HTTP 502/,
    ],
  ])('because it %s is told once, for all its queries', async (_, answers, up, code, message) => {
    const answer = await ask(answers, { x: 'a', y: 'b' })
    expect([answer.up, answer.error?.code, answer.points]).toEqual([up, code, []])
    expect(answer.error?.message).toMatch(message)
  })

  it('because it does not answer in time is told', async () => {
    const answer = await ask(() => undefined, { x: 'q' }, {}, 200)
    expect([answer.up, answer.error?.code]).toEqual([0, 'timeout'])
  })

  it('because nothing listens is told', async () => {
    await using server = await serve(() => undefined)
    await server[Symbol.asyncDispose]()
    const options = prometheus.schema.parse({ server: server.url, queries: { x: 'q' } })
    await using source = prometheus.open(
      { ...options, id: 'p', everyMs: 15_000, timeoutMs: 1_000, maxSeries: 5, labels: {} },
      { clock: new FakeClock(), log: silentLogger },
    )
    expect(await source.poll(new AbortController().signal)).toMatchObject({ up: 0, error: { code: 'refused' } })
  })

  it('is sent its token, and it is not shown', async () => {
    let sent: string | undefined
    const answer = await ask(
      (query, request, response) => {
        sent = request.headers.authorization
        json(vector([{}, '1']))(query, request, response)
      },
      { x: 'q' },
      { bearer: 'token-1', query: { key: 'sesame' } },
    )
    expect(sent).toBe('Bearer token-1')
    expect(answer.asked).toEqual(['/api/v1/query?key=sesame&query=q&timeout=48000ms'])
    expect(
      prometheus.describe(prometheus.schema.parse({ server: 'http://u:p@h:9090/x?key=1', queries: { a: 'b' } })),
    ).toBe('http://h:9090/x?key=… (1 query)')
  })
})
