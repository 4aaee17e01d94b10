import { catalogued } from '@headroom/shared/metrics.ts'
import { labelsKey } from '@headroom/shared/model/labels.ts'
import { describe, expect, it } from 'vitest'
import { FIXTURES, READ_AT } from '../fixtures/documents.ts'
import type { Rules } from './corrections.ts'
import { mapDocument } from './map-document.ts'

const map = (document: unknown, rules: Partial<Rules> = {}, maxSeries = 200) =>
  mapDocument(document, { map: {}, ignore: [], ...rules, maxSeries, now: READ_AT })

/** Points by the name they are kept under, labels included. */
const values = (document: unknown, rules: Partial<Rules> = {}) =>
  Object.fromEntries(
    map(document, rules).points.map(({ metric, rate, labels, value }) => [
      `${rate ?? metric}${labelsKey(labels)}`,
      value,
    ]),
  )

describe('documented systems', () => {
  it.each(FIXTURES)('reads $name', ({ document, expected }) => {
    const known = Object.entries(values(document)).filter(
      ([name]) => catalogued(name.replace(/\{.*/, '')) !== undefined,
    )
    expect(Object.fromEntries(known)).toEqual(
      Object.fromEntries(Object.entries(expected).map(([name, value]) => [name, expect.closeTo(value, 6)])),
    )
  })

  it('stays silent about the people in them', () => {
    const told = JSON.stringify(FIXTURES.map(({ document }) => map(document)))
    expect(told).not.toMatch(/mira|tomas/)
  })
})

describe('a name is read in its context', () => {
  it.each([
    [
      { threads: { memory_usage_mb: 10, memory_limit_mb: 100 }, system: { memory_percent: 40 } },
      { 'memory.used_percent': 40, 'sessions.memory_bytes': 10 * 2 ** 20, 'threads.memory_limit_mb': 100 },
    ],
    [{ redis: { memory_percent: 40 } }, { 'redis.memory_percent': 40 }],
    [{ postgres: { cpu_percent: 40 } }, { 'postgres.cpu_percent': 40 }],
    [{ peak: { active_sessions: 40 } }, { 'peak.active_sessions': 40 }],
    [{ limits: { max_sessions: 100 } }, { 'sessions.limit': 100 }],
    [{ failed_active_sessions: 4 }, { failed_active_sessions: 4 }],
    [{ server: { stats: { active_sessions: 4 } } }, { 'sessions.active': 4 }],
    [{ db_pool_checked_out: 4 }, { 'db.pool.in_use': 4 }],
    [{ 'Active Sessions': 4 }, { 'sessions.active': 4 }],
    [{ 'active-sessions': 4 }, { 'sessions.active': 4 }],
    [{ memory: 420 }, { memory: 420 }],
    [{ memory: { used: 3 * 2 ** 30 } }, { 'memory.used_bytes': 3 * 2 ** 30 }],
    [{ cpu_utilization: 0.45 }, { cpu_utilization: 0.45 }],
    [{ cpu_ratio: 0.45 }, { 'cpu.used_percent': 45 }],
    [{ error_rate: 0.02 }, { error_rate: 0.02 }],
    [{ error_rate_percent: 2 }, { 'errors.percent': 2 }],
    [{ pool: { checkedout: 3, size: 5 } }, { 'db.pool.in_use': 3, 'db.pool.size': 5, 'db.pool.limit': 5 }],
    [{ rps: 3 }, { 'requests.per_minute': 180 }],
    [{ latency_ms: { p95: 40 } }, { 'latency.p95_seconds': 0.04 }],
    [{ database: { latency_ms: 4 } }, { 'database.latency_ms': 4 }],
    [{ 'memory.used_percent': 12 }, { 'memory.used_percent': 12 }],
    [{ up: 7 }, { 'up.value': 7 }],
  ])('%j', (document, expected) => {
    const { healthy: _, ...rest } = values(document)
    expect(rest).toEqual(expected)
  })
})

const overflowing = { size: 30, checkedin: 0, checkedout: 35, overflow: 5 }
const poolText = 'Pool size: 30  Connections in pool: 25 Current Overflow: -25 Current Checked out connections: 5'
const inHeap = { rss: 5e7, heapTotal: 3e7, heapUsed: 2e7, external: 1e5 }

describe('shapes that libraries give', () => {
  it.each<[string, unknown, Record<string, number>]>([
    [
      'workers that say what they do',
      {
        workers: [
          { name: 'a', state: 'busy', total_working_time: 4_000 },
          { name: 'b', state: 'busy' },
        ],
      },
      { 'workers.total': 2, 'workers.busy': 2, 'workers.working_time_per_minute{worker="a"}': 4_000 },
    ],
    [
      'workers by number',
      {
        workers: [
          { id: 1, pid: 11, state: 'started' },
          { id: 2, pid: 12, state: 'idle' },
        ],
      },
      { 'workers.total': 2, 'workers.busy': 1 },
    ],
    [
      'workers without a name',
      {
        workers: [
          { state: 'busy', tasks: 1 },
          { state: 'idle', tasks: 2 },
        ],
      },
      { 'workers.total': 2, 'workers.busy': 1, 'workers.tasks.sum': 3, 'workers.tasks.max': 2 },
    ],
    [
      'workers under their names',
      { workers: { a: { state: 'busy', pid: 3 }, b: { state: 'idle', pid: 4 } } },
      { 'workers.total': 2, 'workers.busy': 1 },
    ],
    [
      'workers by their queues',
      {
        workers: [
          { name: 'a', queue: 'x', state: 'busy' },
          { name: 'b', queue: 'y', state: 'idle' },
        ],
      },
      { 'workers.total': 2, 'workers.busy': 1 },
    ],
    [
      'a pool that overflows now',
      { database: { pool: overflowing } },
      {
        'db.pool.size': 30,
        'db.pool.in_use': 35,
        'db.pool.limit': 30,
        'database.pool.checkedin': 0,
        'database.pool.overflow': 5,
      },
    ],
    [
      'and may',
      { pool: { ...overflowing, max_overflow: 20 } },
      {
        'db.pool.size': 30,
        'db.pool.in_use': 35,
        'db.pool.overflow': 20,
        'db.pool.limit': 50,
        'pool.checkedin': 0,
        'pool.overflow': 5,
      },
    ],
    [
      'a pool in the words of its database',
      { database: { pool_size: 30, checked_out: 3, max_overflow: 20 } },
      { 'db.pool.size': 30, 'db.pool.in_use': 3, 'db.pool.overflow': 20, 'db.pool.limit': 50 },
    ],
    [
      'a pool in a text',
      { db: { pool_status: poolText } },
      {
        'db.pool.size': 30,
        'db.pool.in_use': 5,
        'db.pool.limit': 30,
        'db.pool_status.connections_in_pool': 25,
        'db.pool_status.current_overflow': -25,
      },
    ],
    ['figures of people in a text', { pool: 'Ilse: 3 Per: 4' }, {}],
    [
      'memory of Node',
      { memoryUsage: inHeap },
      {
        'memory.used_bytes': 5e7,
        'memoryUsage.heapTotal': 3e7,
        'memoryUsage.heapUsed': 2e7,
        'memoryUsage.external': 1e5,
      },
    ],
    [
      'memory of psutil',
      { process: { memory_info: { rss: 5e7, vms: 6e8 } } },
      { 'memory.used_bytes': 5e7, 'process.memory_info.vms': 6e8 },
    ],
    ['a rate of success', { success_rate: 94 }, { 'errors.percent': 6 }],
    ['in percent', { requests: { success_rate_percent: 0 } }, { 'errors.percent': 100 }],
    ['as a ratio', { success_ratio: 0.75 }, { 'errors.percent': 25 }],
    ['that may be a ratio', { success_rate: 0.94 }, { success_rate: 0.94 }],
    ['of more than all', { success_rate: 940 }, { success_rate: 940 }],
    ['of something else', { jobs: { success_rate: 90 } }, { 'jobs.success_rate': 90 }],
    [
      'checks in words',
      {
        DatabaseBackend: 'working',
        CacheBackend: 'unavailable: secret',
        DiskUsage: 'warning: 97%',
        mira: 'working',
        per: 'working',
        user_tomas: 'working',
      },
      { healthy: 0, 'checks.unsaid': 0, DatabaseBackend: 1, CacheBackend: 0, DiskUsage: 0 },
    ],
    [
      'a status with its reason',
      { database: { status: 'error: refused' } },
      { healthy: 0, 'checks.unsaid': 0, 'database.status': 0 },
    ],
    [
      'queues of RQ',
      {
        queue_stats: {
          default: { queued: 3, started_jobs: 1, failed_jobs: 2, oldest_job_timestamp: '2026-11-25T07:59:00+00:00' },
        },
      },
      {
        'queue.length{queue="default"}': 3,
        'jobs.running{queue="default"}': 1,
        'queue.oldest_seconds{queue="default"}': 60,
        'queue_stats.failed_jobs{queue="default"}': 2,
      },
    ],
    [
      'queues, whatever they call their length',
      { queues: { a: { queued: 3 }, b: { count: 2 }, c: { length: 1 }, d: { jobs: 4 } } },
      {
        'queue.length{queue="a"}': 3,
        'queue.length{queue="b"}': 2,
        'queue.length{queue="c"}': 1,
        'queue.length{queue="d"}': 4,
      },
    ],
    [
      'workers that serve several queues',
      {
        queues: [
          { name: 'a', workers: 2 },
          { name: 'b', workers: 2 },
        ],
        workers: 3,
      },
      { 'workers.total': 3, 'queues.workers{queue="a"}': 2, 'queues.workers{queue="b"}': 2 },
    ],
    [
      'an API behind',
      { gemini: { rate_limit: 1_000, avg_response_time: 14.7, errors: { 429: 2 } } },
      { 'upstream.limit_per_minute': 1_000, 'upstream.seconds': 14.7, 'upstream.rate_limited_per_minute': 2 },
    ],
    ['its limit by the minute', { llm: { rpm_limit: 60 } }, { 'upstream.limit_per_minute': 60 }],
    ['its refusals', { openai: { rate_limit_errors: 2 } }, { 'upstream.rate_limited_per_minute': 2 }],
    ['milliseconds, surely', { openai: { avg_response_time: 1_470 } }, { 'openai.avg_response_time': 1_470 }],
    ['kills', { oom_kills_total: 2 }, { 'kills.total': 2 }],
    ['responses of one status', { errors_503: 3 }, { 'responses.per_minute{status="503"}': 3 }],
    ['responses by name', { http_503_total: 3 }, { 'responses.per_minute{status="503"}': 3 }],
    [
      'space on a disk',
      { components: { diskSpace: { details: { total: 200, free: 50 } } } },
      {
        'disk.used_percent': 75,
        'components.diskSpace.details.total': 200,
        'components.diskSpace.details.free': 50,
      },
    ],
    [
      'advice that opens with its weight',
      { recommendations: ['WARNING: x', '[critical] y', 'High time to go'] },
      { 'advice.warnings': 1, 'advice.criticals': 1 },
    ],
  ])('%s', (_, document, expected) => expect(values(document)).toEqual(expected))

  it('are not counters for being totals of what is there now', () => {
    const heap = map({ memory: inHeap }).points.find(({ metric }) => metric === 'memory.heapTotal')
    expect(heap).toMatchObject({ kind: 'gauge', unit: 'bytes' })
  })

  it('say when a time cannot be placed', () => {
    expect(map({ queues: { a: { oldest_job_timestamp: '2026-11-25, 07:59:00' } } }).mapped).toMatchObject([
      { how: 'ignored', value: 'a time that does not say its zone' },
    ])
  })
})

describe('one metric from two places', () => {
  it('takes the better name, whatever the order, and keeps the other under its path', () => {
    const expected = { 'uptime.seconds': 9_030, uptime_hours: 2.5 }
    expect(values({ uptime_hours: 2.5, uptime_seconds: 9_030 })).toEqual(expected)
    expect(values({ uptime_seconds: 9_030, uptime_hours: 2.5 })).toEqual(expected)
  })

  it('does not add a total to its own parts', () => {
    expect(values({ queue_length: 5, queues: { a: 2, b: 3 } })).toEqual({
      'queue.length{queue="a"}': 2,
      'queue.length{queue="b"}': 3,
      queue_length: 5,
    })
  })
})

describe('counters', () => {
  it.each(['captions_made_total', 'total_captions_made', 'bytes_sent_total'])('%s is one by its name', (name) => {
    expect(map({ [name]: 4 }).points[0]).toMatchObject({
      metric: name,
      kind: 'counter',
      rate: expect.stringMatching(/_per_minute$/),
    })
  })
  it.each(['total_active', 'total_memory_mb', 'users_total', 'total_threads', 'captions', 'captions_count', 'total'])(
    '%s is not',
    (name) => {
      expect(map({ [name]: 4 }).points[0]?.kind).toBe('gauge')
    },
  )
})

describe('states', () => {
  it('keeps booleans and known words, and no other text', () => {
    expect(
      values({
        debug: false,
        database: { status: 'connected', name: 'main' },
        cache: { state: 'failed' },
        mode: 'fast',
      }),
    ).toEqual({ 'checks.unsaid': 1, debug: 0, 'database.status': 1, 'cache.state': 0 })
  })

  it.each([
    [{ status: 'healthy' }, 1],
    [{ status: 'UP' }, 1],
    [{ status: 200 }, 1],
    [{ ok: true }, 1],
    [{ status: 'unhealthy' }, 0],
    [{ status: 'error' }, 0],
    [{ status: 'who knows' }, 0],
    [{ status: 403 }, 0],
    [{ status: '503' }, 0],
    [{ status: 'ok', status_code: 503 }, 0],
    [{ statusCode: 500, message: 'Internal server error' }, 0],
    [{ status_code: 200 }, 1],
    [{ status: 'ok', error: 'database is gone' }, 0],
    [{ error: { code: 5 } }, 0],
    [{ healthy: false }, 0],
    [{ status: 'ok', error: null }, 1],
    [{ error: '' }, undefined],
    [{ sessions: 3 }, undefined],
  ])('%j is healthy: %s', (document, healthy) => {
    expect(values(document)['healthy']).toBe(healthy)
  })
})

describe('lists and collections', () => {
  it('makes labels of what the allow-list names', () => {
    expect(
      values({
        instances: [
          { instance: 'a', active_sessions: 3 },
          { instance: 'b', active_sessions: 4 },
        ],
      }),
    ).toEqual({
      'instances.count': 2,
      'sessions.active{instance="a"}': 3,
      'sessions.active{instance="b"}': 4,
    })
    expect(
      values({
        workers: [
          { name: 'w1', memory_mb: 30 },
          { name: 'w2', memory_mb: 40 },
        ],
      }),
    ).toEqual({
      'workers.total': 2,
      'workers.memory_mb{worker="w1"}': 30,
      'workers.memory_mb{worker="w2"}': 40,
    })
  })

  it('keeps count, sum and maximum of any other list', () => {
    expect(
      values({
        rooms: [
          { title: 'x', seats: 3 },
          { title: 'y', seats: 9 },
        ],
        marks: [1, 5],
      }),
    ).toEqual({
      'rooms.count': 2,
      'rooms.seats.sum': 12,
      'rooms.seats.max': 9,
      'marks.count': 2,
      'marks.sum': 6,
      'marks.max': 5,
    })
  })

  it('does the same with keys that are ids, and with more than a record has', () => {
    expect(values({ load_by_room: { '17': 3, '18': 4 } })).toEqual({
      'load_by_room.count': 2,
      'load_by_room.sum': 7,
      'load_by_room.max': 4,
    })
    const many = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [
        `room-${'abcdefghij'[index % 10]}${'klmn'[index % 4]}${index}x`,
        index,
      ]),
    )
    expect(values({ rooms: many })).toEqual({ 'rooms.count': 40, 'rooms.sum': 780, 'rooms.max': 39 })
  })

  it.each([
    { users: ['Ilse Novak', 'Per Lund'] },
    { users: { ilse: 3, 'per.lund': 4 } },
    { users: [{ name: 'Ilse', email: 'ilse@example.org', images: 3 }] },
    { sessions: { '5f2c9a7e-1111-4222-8333-abcdefabcdef': { user: 'ilse' } } },
    { images_by_user: { ilse: { images: 3 } } },
    { students: { active: { ilse: 1 } } },
    { scores: { 'Ilse Novak': 3 } },
    { recent: [{ ilse: 3 }, { lund: 4 }] },
    { names: { ilse: 'online' } },
    { users: { recommendations: ['Ilse should log out'] } },
    { users: [['ilse', 3]] },
    { members: { count: 2, ilse: true, lund: 'away' } },
  ])('people are not metrics: %j', (document) => {
    const told = map(document)
    expect(JSON.stringify(told).toLowerCase()).not.toMatch(/ilse|lund|novak|5f2c9a7e/)
  })

  it('does the same with records of one shape under keys that may be names', () => {
    expect(values({ quota: { mira: { used: 1 }, tomas: { used: 2 } } })).toEqual({
      'quota.count': 2,
      'quota.used.sum': 3,
      'quota.used.max': 2,
    })
    expect(JSON.stringify(map({ mira: { threads: 2 }, tomas: { threads: 1 } }))).not.toMatch(/mira|tomas/)
  })

  it('keeps records of one shape under words that speak of the system', () => {
    expect(values({ database: { hits: 1 }, cache: { hits: 2 } })).toEqual({ 'database.hits': 1, 'cache.hits': 2 })
  })

  it('counts people in a list or under their names', () => {
    expect(values({ users: ['a', 'b', 'c'] })).toEqual({ 'users.active': 3 })
    expect(values({ students: { anna: {}, bert: {} } })).toEqual({ 'users.active': 2 })
    expect(values({ users: {} })).toEqual({ 'users.active': 0 })
  })
})

describe('advice', () => {
  it('is shown as it comes, bounded, with control characters out', () => {
    const { texts } = map({
      recommendations: [
        'Add memory\u0007',
        'x'.repeat(900),
        { text: 'Restart' },
        7,
        ...Array.from({ length: 80 }, () => 'y'),
      ],
    })
    expect(texts[0]?.lines.slice(0, 3)).toEqual(['Add memory', `${'x'.repeat(499)}…`, 'Restart'])
    expect(texts[0]?.lines).toHaveLength(50)
  })

  it('says zero when there is none, so that a flag can clear', () => {
    expect(values({ recommendations: [] })).toEqual({ 'advice.warnings': 0, 'advice.criticals': 0 })
  })
})

describe('what cannot be read', () => {
  const ignored = (document: unknown) =>
    map(document)
      .mapped.filter(({ how }) => how === 'ignored')
      .map(({ path, value }) => [path, value])

  it('gets a reason, and nothing else is disturbed', () => {
    const document = {
      marks: '85',
      active_sessions: 4,
      big: Infinity,
      version: 3,
      server_time: 1_795_600_000,
      nothing: null,
      deep: {},
    }
    expect(values(document)).toEqual({ 'sessions.active': 4 })
    expect(ignored(document)).toEqual([
      ['marks', 'a number in a string; `map` can read it'],
      ['big', 'not a finite number'],
      ['version', 'an identifier or a moment, not a measure'],
      ['server_time', 'an identifier or a moment, not a measure'],
    ])
  })

  it('bounds a document of 5,000 keys: known names first, then its own order, the rest counted', () => {
    const keys = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`key_${index}`, index]))
    const { points, leftOut } = map({ ...keys, active_sessions: 4 })
    expect(points).toHaveLength(200)
    expect(points.slice(0, 2).map(({ metric }) => metric)).toEqual(['sessions.active', 'key_0'])
    expect(leftOut).toBe(4_801)
  })

  it('does not follow a document down without end', () => {
    let document: unknown = { x: 1 }
    for (let depth = 0; depth < 500; depth++) document = { inner: document }
    expect(map(document)).toMatchObject({ points: [], leftOut: 1 })
  })

  it.each([null, 5, 'OK', true, [], [1, 2], {}])('takes %j as it comes', (document) => {
    expect(() => map(document)).not.toThrow()
  })

  it('is not fooled by keys of objects', () => {
    const document = JSON.parse('{"__proto__": {"active_sessions": 3}, "constructor": 4, "toString": 5}') as unknown
    expect(values(document)).toMatchObject({ constructor: 4, toString: 5, 'sessions.active': 3 })
  })
})

describe('corrections', () => {
  it('name a path, convert its unit and take it out of the rest', () => {
    expect(
      values({ mem: { heap_mb: 3, other: 1 } }, { map: { 'mem.heap_mb': { metric: 'memory.used_bytes' } } }),
    ).toEqual({ 'memory.used_bytes': 3 * 2 ** 20, 'mem.other': 1 })
    expect(values({ wait: 250 }, { map: { wait: { metric: 'app.wait', unit: 'ms' } } })).toEqual({ 'app.wait': 0.25 })
    expect(values({ cpu: '85%' }, { map: { cpu: { metric: 'cpu.used_percent' } } })).toEqual({ 'cpu.used_percent': 85 })
  })

  it('win over a known name, which keeps its own path', () => {
    expect(values({ active_sessions: 3, real: 5 }, { map: { real: { metric: 'sessions.active' } } })).toEqual({
      'sessions.active': 5,
      active_sessions: 3,
    })
  })

  it('make a counter or a state of a value', () => {
    expect(
      map({ done: 5 }, { map: { done: { metric: 'jobs.finished_per_minute', kind: 'counter' } } }).points,
    ).toMatchObject([{ kind: 'counter', rate: 'jobs.finished_per_minute' }])
    expect(values({ mode: 'running' }, { map: { mode: { metric: 'app.mode', kind: 'state' } } })).toEqual({
      'app.mode': 1,
    })
  })

  it('reach many at once with *, which may become a label', () => {
    expect(
      values(
        { rooms: { red: { n: 1 }, blue: { n: 2 } } },
        { map: { 'rooms.*.n': { metric: 'room.people', label: 'room' } } },
      ),
    ).toEqual({ 'room.people{room="red"}': 1, 'room.people{room="blue"}': 2 })
  })

  it('ignore what they are told to, keys with dots too', () => {
    expect(values({ a: { b: 1, c: 2 }, 'd.e': 3 }, { ignore: ['a.b', 'd.e'] })).toEqual({ 'a.c': 2 })
  })
})
