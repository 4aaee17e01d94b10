import { existsSync, readFileSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Collector, temporaryFolder } from '../../../test/support/collector.ts'
import { freePort } from '../testing/free-port.ts'
import { until } from '../testing/until.ts'
import { GunicornBehindNginx } from './testing/gunicorn.ts'

let system: GunicornBehindNginx
let collector: Collector
const stack = new AsyncDisposableStack()

beforeAll(async () => {
  const port = await freePort()
  const folder = stack.use(await temporaryFolder())
  // gunicorn says how many workers it has only when that changes, so the source is there first.
  const yaml = (place: string): string => `systems:
  - id: captions
    preset: [workshop-on-render, fastapi-on-render]
    sources:
      - { type: statsd, port: ${port}, prefix: captions, every: 1s }
      - { type: log, id: access, file: "${place}/access.log", every: 1s }
      - { type: log, id: app, file: "${place}/gunicorn.log", every: 1s }
`
  collector = stack.use(await Collector.start(folder.path, yaml(folder.path)))
  system = stack.use(await GunicornBehindNginx.start(port, 'captions'))
  // The logs are where the system is; the statsd source goes on undisturbed.
  await collector.save(yaml(system.folder))
})
afterAll(() => stack.disposeAsync())

const firing = async (flag: string): Promise<boolean> =>
  (await collector.alerts('state=open')).some((alert) => alert.flag === flag && alert.state === 'firing')
const newest = async (metric: string, label?: Record<string, string>): Promise<number | null> =>
  (await collector.series('system=captions')).find(
    (series) =>
      series.metric === metric && Object.entries(label ?? {}).every(([name, value]) => series.labels[name] === value),
  )?.value ?? null

describe('a real gunicorn behind a real nginx', () => {
  it('says its workers, requests, times and statuses', async () => {
    expect(
      await until(
        () => newest('workers.total', { service: 'captions' }),
        (value) => value === 3,
      ),
    ).toBe(3)
    await until(
      () => system.get('/200').then(() => newest('requests.per_minute')),
      (value) => (value ?? 0) > 0,
    )
    await until(
      () => newest('latency.p95_seconds'),
      (value) => value !== null && value >= 0.019 && value < 5,
    )
    await until(
      () => newest('errors.percent'),
      (value) => value === 0,
    )
  })

  it('an answer of 503 bytes is no 503', async () => {
    await system.get('/200')
    await until(
      () => newest('log.matches_per_minute', { pattern: 'server-busy' }),
      (value) => value === 0,
    )
    expect(readFileSync(join(system.folder, 'access.log'), 'utf8')).toContain(' 200 503 ')
    expect(await firing('server-busy-log')).toBe(false)
  })

  it('a 503 and a 429 raise the flags by the log of nginx and by StatsD, with the lines as evidence', async () => {
    await system.get('/503')
    await system.get('/429')
    for (const flag of ['server-busy', 'server-busy-log', 'upstream-rate-limit-log'])
      await until(
        () => firing(flag),
        (is) => is,
      )
    const lines = (await collector.events('kind=log')).flatMap((event) =>
      event.kind === 'log' && event.source === 'access' ? [[event.pattern, event.text]] : [],
    )
    expect(lines).toContainEqual(['server-busy', expect.stringContaining('"GET /503 HTTP/1.1" 503')])
    expect(lines).toContainEqual(['upstream-rate-limit', expect.stringContaining('"GET /429 HTTP/1.1" 429')])
  })

  it('is followed through a rotation as logrotate does it', async () => {
    const log = join(system.folder, 'access.log')
    await rename(log, `${log}.1`)
    await system.get('/503?to-the-old-file')
    system.reopenLogs()
    await until(
      () => existsSync(log),
      (is) => is,
    )
    await system.get('/503?to-the-new-file')
    for (const word of ['to-the-old-file', 'to-the-new-file'])
      await until(
        async () =>
          (await collector.events('kind=log')).filter((event) => event.kind === 'log' && event.text.includes(word))
            .length,
        (found) => found === 1,
      )
  })

  it('a worker that hangs is told by its log, and its boot is a good sign', async () => {
    const [worker = 0] = readFileSync(`/proc/${system.pid}/task/${system.pid}/children`, 'utf8')
      .trim()
      .split(' ')
      .map(Number)
    process.kill(worker, 'SIGSTOP')
    await until(
      () => firing('log-worker-timeout'),
      (is) => is,
    )
    await until(
      async () =>
        (await collector.events('kind=log')).some(
          (event) => event.kind === 'log' && event.pattern === 'booting-worker' && event.level === 'info',
        ),
      (is) => is,
    )
  })
})
