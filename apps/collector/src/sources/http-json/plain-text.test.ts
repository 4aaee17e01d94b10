import type { RequestListener } from 'node:http'
import { createServer } from 'node:http'
import type { Reading } from '@headroom/shared/model/reading.ts'
import { labelsKey } from '@headroom/shared/model/labels.ts'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../lib/clock.ts'
import { silentLogger } from '../../telemetry/logger.ts'
import { httpJson } from './http-json.ts'

const TIMEOUT_MS = 60_000

async function ask(listener: RequestListener, own: object = {}): Promise<Reading> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/health`
  const common = { id: 'a', everyMs: TIMEOUT_MS, timeoutMs: TIMEOUT_MS, maxSeries: 200, labels: {} }
  await using source = httpJson.open(
    { ...httpJson.schema.parse({ url, ...own }), ...common },
    { clock: systemClock, log: silentLogger },
  )
  const reading = await source.poll(AbortSignal.timeout(TIMEOUT_MS))
  server.closeAllConnections()
  server.close()
  return reading
}

const says = (body: string, status = 200): Promise<Reading> => ask((_req, res) => void res.writeHead(status).end(body))
const healthy = ({ points }: Reading): number | undefined => points.find(({ metric }) => metric === 'healthy')?.value

describe('a health check of one word', () => {
  it.each([
    ['OK', 1],
    ['pong', 1],
    ['Healthy', 1],
    ['Prometheus Server is Healthy.', 1],
    ['SERVER_IS_READY', 1],
    ['200 OK', 1],
    ['<html><body><h1>200 OK</h1>Service ready.</body></html>', 1],
    ['Degraded', 0],
    ['Unhealthy', 0],
    ['database is down', 0],
    ['Server is not ready', 0],
  ])('%s', async (body, expected) => {
    const reading = await says(body)
    expect([reading.up, reading.error, healthy(reading)]).toEqual([1, undefined, expected])
  })

  it('says in words what is wrong, beside its status', async () => {
    const reading = await says('database is down', 503)
    expect(reading).toMatchObject({ up: 0, error: { code: 'http_status' }, texts: [{ lines: ['database is down'] }] })
    // Its status is the verdict.
    expect(reading.points).toEqual([])
  })

  it('of Kubernetes names each check', async () => {
    const reading = await says('[+]ping ok\n[-]etcd failed: reason withheld\nhealthz check failed\n', 500)
    expect(reading.texts).toMatchObject([{ lines: [expect.stringContaining('etcd')] }])
    expect(reading.points.map(({ metric, value }) => [metric, value])).toEqual([
      ['checks.unsaid', 0],
      ['checks.ping.status', 1],
      ['checks.etcd.status', 0],
    ])
  })
})

describe('a status that is all there is', () => {
  it.each<[string, number, string, object]>([
    ['204', 204, '', {}],
    ['a page without a word, as of Rails', 200, '<!DOCTYPE html><html><body style="color: green"></body></html>', {}],
    ['an empty 200, where it is what was asked for', 200, '', { expect: { status: [200] } }],
  ])('%s: it answers', async (_, status, body, own) => {
    const reading = await ask((_req, res) => void res.writeHead(status).end(body), own)
    expect(reading).toMatchObject({ up: 1, points: [] })
    expect(reading.error).toBeUndefined()
  })

  it('an empty 200 that nobody asked for says how to', async () => {
    expect((await says('')).error).toMatchObject({ code: 'empty', message: expect.stringContaining('expect:') })
  })
})

describe('status pages of servers', () => {
  const nginx =
    'Active connections: 291 \nserver accepts handled requests\n 100 99 310 \nReading: 6 Writing: 179 Waiting: 106 \n'
  const apache =
    'localhost\nServerUptimeSeconds: 3600\nLoad1: 0.5\nTotal Accesses: 123\nTotal kBytes: 45\nReqPerSec: .034\nBusyWorkers: 1\nIdleWorkers: 49\nScoreboard: _W__\n'
  const fpm = 'pool:                 www\nstart since:          812\nlisten queue:         2\nactive processes:     5\n'

  it.each<[string, string, Record<string, number>]>([
    ['nginx', nginx, { 'requests.per_minute': 310, 'requests.in_flight': 185 }],
    [
      'Apache',
      apache,
      { 'uptime.seconds': 3_600, 'load.1m': 0.5, 'requests.per_minute': 123, 'workers.busy': 1, 'workers.total': 50 },
    ],
    ['PHP-FPM', fpm, { 'processes.active': 5 }],
  ])('%s', async (_, body, expected) => {
    const { points, mapped } = await says(body)
    const known = new Set(mapped.filter(({ how }) => how === 'known').map(({ metric }) => metric))
    const named = points.map(({ metric, rate, labels, value }) => [`${rate ?? metric}${labelsKey(labels)}`, value])
    expect(Object.fromEntries(named.filter(([name]) => known.has(String(name))))).toEqual(expected)
  })
})

describe('what is neither JSON nor a word', () => {
  it.each([
    ['a page that has only begun', '<!DOCTYPE html><html><body>', 'html'],
    ['a page to sign in', '<html><title>OK</title><form>Password <input></form></html>', 'html'],
    ['an exposition', '# HELP a b\n# TYPE a gauge\na 1\n', 'exposition'],
    ['a table', '# pxname,svname,qcur\nweb,FRONTEND,1\n', 'not_json'],
    ['Python', "{'status': 'ok'}", 'not_json'],
    ['a text', 'The quick brown fox\njumps over the lazy dog', 'not_json'],
    ['JSON cut short', '{"status": "ok", "a": ', 'not_json'],
  ])('%s', async (_, body, code) => expect(await says(body)).toMatchObject({ up: 0, error: { code } }))

  it('an exposition names the kind that reads it', async () => {
    expect((await says('up 1\nb{c="d"} 2\n')).error?.message).toContain('type: prometheus')
  })

  it('YAML is no exposition', async () => {
    const yaml =
      'status: ok\nactive_sessions: 7\nmemory:\n  used_percent: 41.5\n  limit: 512Mi\nworkers:\n  - id: a\n    state: busy\n'
    expect((await says(yaml)).error?.code).toBe('not_json')
  })
})

describe('JSON that is wrapped', () => {
  it.each([
    ['in a byte order mark', Buffer.from('\uFEFF{"queue_length":3}')],
    ['in UTF-16', Buffer.from('\uFEFF{"queue_length":3}', 'utf16le')],
    ['in a guard against scripts', Buffer.from(')]}\'\n{"queue_length":3}')],
  ])('%s', async (_, body) => {
    const reading = await ask((_req, res) => void res.end(body))
    expect(reading.points).toMatchObject([{ metric: 'queue.length', value: 3 }])
  })
})
