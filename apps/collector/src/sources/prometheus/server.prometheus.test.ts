import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Reading } from '@headroom/shared/model/reading.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../../../test/support/until.ts'
import { systemClock } from '../../lib/clock.ts'
import { silentLogger } from '../../telemetry/logger.ts'
import { serve } from '../testing/serve.ts'
import { prometheus } from './prometheus.ts'
import { run } from './testing/program.ts'
import { freePort } from '../testing/free-port.ts'

const PROGRAM = process.env['HEADROOM_PROMETHEUS'] ?? ''
const PAGE = `# TYPE app_jobs gauge
app_jobs{queue="default"} 3
app_jobs{queue="slow"} 4
# TYPE app_requests_total counter
app_requests_total{pod="a"} 10
app_requests_total{pod="b"} 20
`

let url = ''
const stack = new AsyncDisposableStack()

beforeAll(async () => {
  const target = stack.use(
    await serve((_, response) => response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(PAGE)),
  )
  const folder = await mkdtemp(join(tmpdir(), 'headroom-prometheus-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const config = join(folder, 'prometheus.yml')
  await writeFile(
    config,
    `global: { scrape_interval: 1s }\nscrape_configs:\n  - { job_name: app, static_configs: [{ targets: ["127.0.0.1:${target.port}"] }] }\n`,
  )
  const port = await freePort()
  url = `http://127.0.0.1:${port}`
  stack.use(
    run(PROGRAM, [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ]),
  )
  // It answers before it has scraped anything: an empty result is waited out.
  await until(
    () => ask({ 'queue.length': 'app_jobs' }),
    ({ points }) => points.length === 2,
    30_000,
  )
})
afterAll(() => stack.disposeAsync())

async function ask(queries: Record<string, unknown>): Promise<Reading> {
  const options = prometheus.schema.parse({ server: url, queries })
  await using source = prometheus.open(
    { ...options, id: 'server', everyMs: 1_000, timeoutMs: 60_000, maxSeries: 100, labels: {} },
    { clock: systemClock, log: silentLogger },
  )
  return await source.poll(AbortSignal.timeout(60_000))
}

describe('a real Prometheus server', () => {
  it('answers a vector by queue, an aggregate and a scalar', async () => {
    const { up, error, points } = await ask({
      'queue.length': 'sum by (queue) (app_jobs)',
      'jobs.running': 'sum(app_jobs)',
      answer: 'scalar(sum(app_jobs)) * 6',
    })
    expect([up, error]).toEqual([1, undefined])
    expect(points.map(({ metric, labels, value }) => [metric, labels['queue'], value])).toEqual([
      ['queue.length', 'default', 3],
      ['queue.length', 'slow', 4],
      ['jobs.running', undefined, 7],
      ['answer', undefined, 42],
    ])
  })

  it('says what is wrong with a query, and answers the others', async () => {
    const { points, error } = await ask({ bad: 'sum(app_jobs', 'jobs.running': 'sum(app_jobs)' })
    expect(points.map(({ value }) => value)).toEqual([7])
    expect([error?.code, error?.message]).toEqual([
      'bad_query',
      expect.stringMatching(/^the query for bad: Prometheus does not understand it: .*parse error/),
    ])
  })

  it('has nothing for a query of what is not there: unknown, not zero', async () => {
    const { points, error, mapped } = await ask({ gone: 'no_such_metric' })
    expect([points, error]).toEqual([[], undefined])
    expect(mapped).toMatchObject([{ value: 'the query gives nothing' }])
  })

  it('gives a range where a query asks for one, and series that only the pod tells apart: both are named', async () => {
    expect((await ask({ x: 'app_jobs[5m]' })).error?.code).toBe('not_instant')
    // `instance` is kept and the same for both, so only the pod tells them apart.
    expect((await ask({ x: 'app_requests_total' })).error?.code).toBe('same_labels')
    expect((await ask({ x: { query: 'app_requests_total', labels: ['pod'] } })).points).toHaveLength(2)
  })

  it('can itself be scraped: its own requests, latency, memory', async () => {
    const options = prometheus.schema.parse({ url: `${url}/metrics` })
    await using source = prometheus.open(
      { ...options, id: 'itself', everyMs: 1_000, timeoutMs: 60_000, maxSeries: 2_000, labels: {} },
      { clock: systemClock, log: silentLogger },
    )
    const { error, points } = await source.poll(AbortSignal.timeout(60_000))
    expect(error).toBeUndefined()
    expect(points.find(({ metric }) => metric === 'memory.used_bytes')?.value).toBeGreaterThan(2 ** 20)
    expect(points.find(({ metric }) => metric === 'uptime.seconds')?.value).toBeGreaterThan(0)
  })
})
