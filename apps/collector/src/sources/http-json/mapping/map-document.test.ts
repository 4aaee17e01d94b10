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
    ).toEqual({ debug: 0, 'database.status': 1, 'cache.state': 0 })
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
      cpu_percent: '85%',
      active_sessions: 4,
      big: Infinity,
      version: 3,
      server_time: 1_795_600_000,
      nothing: null,
      deep: {},
    }
    expect(values(document)).toEqual({ 'sessions.active': 4 })
    expect(ignored(document)).toEqual([
      ['cpu_percent', 'a number in a string; `map` can read it'],
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
