import { labelsKey } from '@headroom/shared/model/labels.ts'
import { describe, expect, it } from 'vitest'
import { mapDocument } from './map-document.ts'

const NOW = Date.UTC(2026, 10, 25, 8)

function read(document: unknown): { known: Record<string, number>; own: string[]; reasons: string[] } {
  const { points, mapped, texts } = mapDocument(document, { map: {}, ignore: [], maxSeries: 200, now: NOW })
  const names = new Set(mapped.filter(({ how }) => how === 'known').map(({ metric }) => metric))
  const named = points.map(({ metric, rate, labels, value }) => [rate ?? metric, labelsKey(labels), value] as const)
  return {
    known: Object.fromEntries(
      named.filter(([name]) => names.has(name)).map(([name, labels, value]) => [`${name}${labels}`, value]),
    ),
    own: named.filter(([name]) => !names.has(name)).map(([name]) => name),
    reasons: texts.flatMap(({ lines }) => lines),
  }
}

describe('what applications answer of themselves is a verdict, with its reason in their words', () => {
  it.each<[string, unknown, number | undefined, string[]]>([
    [
      'Spring Boot',
      {
        status: 'DOWN',
        components: { db: { status: 'DOWN', details: { error: 'no connection' } }, ping: { status: 'UP' } },
      },
      0,
      ['db: no connection'],
    ],
    [
      'MicroProfile',
      {
        status: 'DOWN',
        checks: [
          { name: 'Database', status: 'DOWN', data: {} },
          { name: 'Reactive', status: 'UP' },
        ],
      },
      0,
      ['Database'],
    ],
    [
      'ASP.NET',
      {
        status: 'Unhealthy',
        entries: {
          sql: { data: {}, description: 'refused', status: 'Unhealthy' },
          memory: { data: {}, status: 'Degraded' },
        },
      },
      0,
      ['sql: refused', 'memory'],
    ],
    [
      'Dropwizard, which has no word for the whole',
      { deadlocks: { healthy: true }, database: { healthy: false, message: 'refused' } },
      0,
      ['database: refused'],
    ],
    [
      'Django',
      { DatabaseBackend: 'working', MemoryUsage: 'unavailable: 92.3% RAM used' },
      0,
      ['MemoryUsage: 92.3% RAM used'],
    ],
    ['Grafana', { commit: '1e84fede54', database: 'failing', version: '10.4.2' }, 0, ['database']],
    ['Grafana, well', { commit: '1e84fede54', database: 'ok', version: '10.4.2' }, 1, []],
    [
      'Laravel',
      {
        finishedAt: 1_643_118_000,
        checkResults: [
          { name: 'Horizon', status: 'failed', notificationMessage: 'it does not run' },
          { name: 'Database', status: 'ok' },
        ],
      },
      0,
      ['Horizon: it does not run'],
    ],
    [
      'Laravel, warning only',
      {
        checkResults: [
          { name: 'Disk', status: 'warning' },
          { name: 'Database', status: 'ok' },
        ],
      },
      1,
      ['Disk'],
    ],
    [
      'Consul',
      [
        { CheckID: 'service:redis', Name: 'redis', Status: 'critical', Output: 'refused' },
        { CheckID: 'serf', Name: 'serf', Status: 'passing' },
      ],
      0,
      ['redis: refused'],
    ],
    [
      'Nest',
      {
        status: 'error',
        info: {},
        error: { db: { status: 'down', message: 'refused' } },
        details: { db: { status: 'down', message: 'refused' } },
      },
      0,
      ['db: refused'],
    ],
    [
      'Terminus',
      { status: 'error', error: 'healthcheck failed', details: [{ message: 'database is down' }] },
      0,
      ['healthcheck failed', 'database is down'],
    ],
    [
      'hellofresh/health-go',
      { status: 'Service Unavailable', failures: { mongodb: 'refused' }, system: { goroutines_count: 7 } },
      0,
      ['mongodb: refused'],
    ],
    ['etcd', { health: 'false', reason: 'RAFT NO LEADER' }, 0, ['RAFT NO LEADER']],
    [
      'application/health+json',
      {
        status: 'fail',
        description: 'of a shop',
        checks: { 'database:ping': [{ status: 'fail', time: '2026-11-25T07:00:00Z', output: 'refused' }] },
      },
      0,
      ['database:ping: refused'],
    ],
    ['one that a part does not put off', { ok: true, checks: [{ name: 'mail', ok: false }] }, 1, ['mail']],
    [
      'one with a part that is switched off',
      { services: { smtp: { status: 'disabled' }, db: { status: 'up' } } },
      1,
      [],
    ],
    ['a table of jobs is no verdict', { jobs: [{ id: 1, status: 'failed' }], queue_length: 3 }, undefined, []],
    ['nor is what becomes of people', { results: [{ name: 'Ilse', status: 'failed' }] }, undefined, []],
    ['nor where they are', [{ name: 'Ilse', status: 'offline' }], undefined, []],
  ])('%s', (_, document, healthy, reasons) => {
    expect(read(document).known['healthy']).toBe(healthy)
    expect(read(document).reasons).toEqual(reasons)
  })

  it.each([
    ['no folder for user "ilse"', 'no folder for user …'],
    ['student Ilse Novak is gone', 'student … is gone'],
    ['user=ilse: quota', 'user … quota'],
    ['user authentication is down', 'user authentication is down'],
  ])('keeps nobody by name: %s', (error, line) => expect(read({ status: 'error', error }).reasons).toEqual([line]))

  it.each<[string, object, number]>([
    ['a component that is down', { status: 'UP', components: { db: { status: 'UP' }, redis: { status: 'DOWN' } } }, 1],
    ['a word beside the good one', { status: 'healthy', database: 'disconnected', cache: 'connected' }, 1],
    [
      'a list of services',
      {
        status: 'ok',
        services: [
          { name: 'pg', status: 'down' },
          { name: 'mq', status: 'degraded' },
        ],
      },
      2,
    ],
    ['what is switched off', { status: 'ok', services: { smtp: { status: 'disabled' } } }, 0],
    ['all well', { status: 'ok', database: 'connected' }, 0],
    ['the whole says it already', { status: 'DOWN', components: { redis: { status: 'DOWN' } } }, 0],
  ])('is asked for its parts too, since many say ok as soon as they answer: %s', (_, document, unsaid) => {
    expect(read(document).known['checks.unsaid']).toBe(unsaid)
  })

  it('keeps no password and no address of somebody', () => {
    expect(read({ status: 'error', error: 'postgres://me:pa/ss@db/x refused ilse@example.org' }).reasons).toEqual([
      'postgres://…@db/x refused …',
    ])
  })
})

describe('numbers that stand in a text', () => {
  it.each<[Record<string, string>, Record<string, number>]>([
    [{ memory: '512Mi' }, { 'memory.used_bytes': 512 * 2 ** 20 }],
    [{ memory_limit: '1.5 GiB' }, { 'memory.limit_bytes': 1.5 * 2 ** 30 }],
    [{ used_memory: '3.5M' }, { 'memory.used_bytes': 3.5 * 2 ** 20 }],
    [{ memory_used: '112 MB (%21.9)' }, { 'memory.used_bytes': 112 * 2 ** 20 }],
    [{ memory_usage: '83%' }, { 'memory.used_percent': 83 }],
    [{ cpu: '45.2 %' }, { 'cpu.used_percent': 45.2 }],
    [{ uptime: '2 hours' }, { 'uptime.seconds': 7_200 }],
    [{ uptime: '1d 2h 3m' }, { 'uptime.seconds': 93_780 }],
    [{ uptime: '1h2m3.5s' }, { 'uptime.seconds': 3_723.5 }],
    [{ uptime: '01:02:03' }, { 'uptime.seconds': 3_723 }],
    [{ uptime: '3 days, 4:05:06.5' }, { 'uptime.seconds': 273_906.5 }],
    [{ uptime: '1.02:03:04' }, { 'uptime.seconds': 93_784 }],
    [{ uptime: 'PT1H2M' }, { 'uptime.seconds': 3_720 }],
    [{ uptime: '3600.5' }, { 'uptime.seconds': 3_600.5 }],
    [{ latency: '120ms' }, { 'latency.p50_seconds': 0.12 }],
    [{ response_time: '850 µs' }, { 'latency.p50_seconds': 0.00085 }],
    [{ queue_size: '1,234' }, { 'queue.length': 1_234 }],
    [{ started_at: '2026-11-25 07:00:00 UTC' }, { 'uptime.seconds': 3_600 }],
    [{ opens: '01:02:03', room: '512', grade: '3M', phone: '0171 1234567', release: '42', version: '3h' }, {}],
  ])('%j', (document, expected) => {
    expect(read(document)).toMatchObject({ known: expected, own: [] })
  })

  it('are kept in their base unit where only the text says what they are', () => {
    const { points } = mapDocument({ heap: '20 MiB' }, { map: {}, ignore: [], maxSeries: 9, now: NOW })
    expect(points).toMatchObject([{ metric: 'heap', unit: 'bytes', value: 20 * 2 ** 20 }])
  })
})

describe('figures in the shapes of libraries', () => {
  it.each<[string, unknown, Record<string, number>]>([
    [
      'a metric of Spring Boot',
      { name: 'jvm.memory.used', baseUnit: 'bytes', measurements: [{ statistic: 'VALUE', value: 5e7 }] },
      { 'memory.used_bytes': 5e7 },
    ],
    [
      'its CPU, a share of one',
      { name: 'system.cpu.usage', measurements: [{ statistic: 'VALUE', value: 0.42 }] },
      { 'cpu.used_percent': 42 },
    ],
    [
      'its uptime',
      { name: 'process.uptime', baseUnit: 'seconds', measurements: [{ statistic: 'VALUE', value: 9 }] },
      { 'uptime.seconds': 9 },
    ],
    [
      'its requests',
      { name: 'http.server.requests', baseUnit: 'seconds', measurements: [{ statistic: 'COUNT', value: 12 }] },
      { 'requests.per_minute': 12 },
    ],
    [
      'application/health+json',
      {
        checks: {
          uptime: [{ componentType: 'system', observedValue: 9, observedUnit: 's', status: 'pass' }],
          'cpu:utilization': [
            { componentType: 'system', node: 1, observedValue: 85, observedUnit: 'percent' },
            { componentType: 'system', node: 2, observedValue: 15, observedUnit: 'percent' },
          ],
        },
      },
      {
        healthy: 1,
        'checks.unsaid': 0,
        'uptime.seconds': 9,
        'cpu.used_percent{instance="1"}': 85,
        'cpu.used_percent{instance="2"}': 15,
      },
    ],
    [
      'Sidekiq',
      { sidekiq: { processed: 900, busy: 4, enqueued: 37, default_latency: 1.5 } },
      { 'jobs.finished_per_minute': 900, 'jobs.running': 4, 'queue.length': 37, 'queue.oldest_seconds': 1.5 },
    ],
    [
      'queues called after a library',
      { queues: { celery: 12, default: 3 } },
      { 'queue.length{queue="celery"}': 12, 'queue.length{queue="default"}': 3 },
    ],
    [
      'BullMQ',
      { queues: [{ name: 'email', counts: { waiting: 3, active: 1 } }] },
      { 'queue.length{queue="email"}': 3, 'jobs.running{queue="email"}': 1 },
    ],
    [
      'HikariCP',
      { pool: { active: 5, idle: 5, pending: 1, max: 10 } },
      { 'db.pool.in_use': 5, 'db.pool.waiting': 1, 'db.pool.limit': 10 },
    ],
    [
      'psutil',
      { virtual_memory: { total: 8e9, percent: 50, used: 4e9 } },
      { 'memory.limit_bytes': 8e9, 'memory.used_percent': 50, 'memory.used_bytes': 4e9 },
    ],
  ])('%s', (_, document, expected) => expect(read(document).known).toEqual(expected))

  it.each<[string, unknown]>([
    [
      'ids, versions and moments',
      { buildNumber: 991, migration: 20_240_101, release: 42, uid: 33, last_spawn: 1.7e9, server_time_utc: 1.5e9 },
    ],
    ['those of many', { listeners: [{ port: 5_672 }, { port: 15_672 }] }],
  ])('%s are no measures', (_, document) => {
    expect(read(document).own.filter((name) => name !== 'listeners.count')).toEqual([])
  })

  it('people of the last minutes are as many as it says, not as many as it has spans', () => {
    expect(read({ activeUsers: { last5minutes: 3, last1hour: 10 } })).toMatchObject({
      known: {},
      own: ['activeUsers.last5minutes', 'activeUsers.last1hour'],
    })
  })

  it('a check keeps its series when its word changes', () => {
    const checks = (status: string): unknown => ({ checks: [{ name: 'disk', status, free_mb: 5 }] })
    expect(read(checks('warn')).own).toEqual(read(checks('ok')).own)
  })
})
