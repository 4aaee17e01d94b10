import type { Flag } from '@headroom/shared/model/flag.ts'
import { catalogued } from '@headroom/shared/metrics.ts'
import { describe, expect, test } from 'vitest'
import { compile } from '../config/compile.ts'
import { checkNames } from '../config/flag-names.ts'
import { createEngine } from '@headroom/shared/rules/engine.ts'
import { World } from '@headroom/shared/world/world.ts'
import { PRESET_IDS } from './index.ts'
import { loadPresets } from './load.ts'

const presets = loadPresets()

function flagsOf(preset: string): Flag[] {
  const system = {
    id: 's',
    name: 'S',
    presets: [preset],
    limits: {},
    people: undefined,
    actions: [],
    sources: [],
    flags: [],
  }
  const { systems, problems } = compile({ systems: [system] }, presets)
  expect(problems).toEqual([])
  return systems[0]?.flags ?? []
}

describe.each(PRESET_IDS)('%s', (id) => {
  const preset = presets.get(id)
  const flags = flagsOf(id)

  test('is complete: what it is, what to expect, when it is a success, what to do', () => {
    expect(preset).toMatchObject({ id, title: expect.any(String), about: expect.any(String) })
    expect(preset?.success.length).toBeGreaterThan(0)
    if (id === 'web-service') return
    expect(preset?.expected.length).toBeGreaterThan(0)
    expect(Object.keys(preset?.limits ?? {}).length).toBeGreaterThan(0)
    expect(JSON.stringify(preset?.runbook)).toMatch(/What it costs/)
  })

  test('every flag says where it comes from, what to do first, and what it is called', () => {
    const bare = flags.filter(({ why, steps, title }) => {
      return (
        why.text.length < 6 ||
        why.document === 'headroom.yaml' ||
        (why.section ?? '') === '' ||
        why.figure === '' ||
        steps.length === 0 ||
        title === ''
      )
    })
    expect(bare.map((flag) => flag.id)).toEqual([])
  })

  test('every flag of a document names that document', () => {
    const own = preset?.flags.filter((flag) => flag.off !== true) ?? []
    expect(new Set(own.map((flag) => flag.why?.document))).toEqual(new Set([preset?.document]))
  })

  test('speaks of known metrics, resources and patterns only', () => {
    const findings = (preset?.flags ?? []).flatMap((flag) => Object.values(checkNames(flag, ['redis'])).flat())
    expect(findings).toEqual([])
    const patterns = (preset?.flags ?? []).flatMap((flag) => flag.labels?.['pattern'] ?? [])
    expect(patterns.filter((pattern) => preset?.patterns[pattern] === undefined)).toEqual([])
    const metrics = (preset?.bands ?? []).flatMap((band) => Object.keys({ ...band.upTo, ...band.below }))
    expect(metrics.filter((metric) => catalogued(metric) === undefined)).toEqual([])
  })

  test('no two flags of one system say the same', () => {
    const conditions = flags.map(({ metric, labels, compare, line, of, previous, kind, over, windowMs }) =>
      JSON.stringify({ metric, labels, compare, line, of, previous, kind, over, windowMs }),
    )
    const twice = flags
      .filter((_, index) => conditions.indexOf(conditions[index] ?? '') !== index)
      .map(({ id: name }) => name)
    // The critical one differs by its side condition.
    expect(twice.filter((name) => name !== 'leaked-connections-critical')).toEqual([])
  })
})

/** [row, the flag's id, metric, comparison and line, severity, hold]: every row of the documents' red flags. */
type Row = readonly [row: string, id: string, metric: string, line: string, severity: string, hold: string]

const MB = 2 ** 20
const ROWS: Readonly<Record<string, readonly Row[]>> = {
  'web-service': [
    ['down', 'down', 'up', 'below 1', 'critical', '3x'],
    ['says it is unhealthy', 'says-it-is-unhealthy', 'healthy', 'below 1', 'critical', '2x'],
    ['a part of it is not well', 'a-part-is-not-well', 'checks.unsaid', 'above 0', 'warning', '2x'],
    ['no data', 'no-data', 'up', 'absent', 'info', '0'],
    ['restarted', 'restarted', 'uptime.seconds', 'change 1', 'warning', '0'],
    ['crash loop', 'crash-loop', 'uptime.seconds', 'change 2 in 45 min', 'critical', '0'],
    ['out of memory, killed', 'out-of-memory-killed', 'kills.total', 'count above 0', 'critical', '0'],
    [
      'out of memory, killed (log)',
      'out-of-memory-killed-log',
      'log.matches_per_minute',
      'count above 0',
      'critical',
      '0',
    ],
    ['CPU', 'cpu-high', 'cpu.used_percent', 'above 80', 'warning', '60s'],
    ['CPU', 'cpu-critical', 'cpu.used_percent', 'above 90', 'critical', '60s'],
    ['memory', 'memory-high', 'memory.used_percent', 'above 80', 'warning', '60s'],
    ['memory', 'memory-critical', 'memory.used_percent', 'above 90', 'critical', '60s'],
    ['disk', 'disk-high', 'disk.used_percent', 'above 80', 'warning', '60s'],
    ['disk', 'disk-critical', 'disk.used_percent', 'above 90', 'critical', '60s'],
    ['errors', 'errors', 'errors.percent', 'above 5', 'critical', '60s'],
    ['slots full', 'request-slots-full', 'requests.in_flight', 'atLeast 100 % of limit:slots', 'warning', '60s'],
    ['pool nearly full', 'db-pool-high', 'db.pool.in_use', 'above 80 % of limit:db_pool', 'warning', '60s'],
    ['pool full', 'db-pool-critical', 'db.pool.in_use', 'atLeast 100 % of limit:db_pool', 'critical', '60s'],
    [
      'connections',
      'db-connections-high',
      'db.connections',
      'sum above 80 % of limit:db_connections',
      'warning',
      '60s',
    ],
    [
      'connections',
      'db-connections-critical',
      'db.connections',
      'sum above 95 % of limit:db_connections',
      'critical',
      '60s',
    ],
    [
      'too many connections',
      'too-many-connections-refused',
      'db.connections.refused_per_minute',
      'count above 0',
      'critical',
      '0',
    ],
  ],
  'workshop-on-render': [
    ['memory near 100 %', 'memory-near-100-high', 'memory.used_percent', 'above 80', 'warning', '30s'],
    ['memory near 100 %', 'memory-near-100-critical', 'memory.used_percent', 'above 90', 'critical', '30s'],
    ['outside the expected', 'outside-the-expected', 'memory.used_percent', 'above 40', 'info', '60s'],
    ['server busy', 'server-busy', 'responses.per_minute', 'count above 0', 'critical', '0'],
    [
      'upstream rate limit',
      'upstream-rate-limit',
      'upstream.rate_limited_per_minute',
      'count above 0',
      'critical',
      '0',
    ],
    [
      'upstream rate climbing',
      'upstream-rate-climbing',
      'upstream.requests_per_minute',
      'above 80 % of limit:upstream_per_minute',
      'warning',
      '30s',
    ],
    [
      'upstream rate climbing (225/min)',
      'upstream-rate-climbing-info',
      'upstream.requests_per_minute',
      'above 225',
      'info',
      '30s',
    ],
    [
      'request slots full',
      'request-slots-full',
      'requests.in_flight',
      'atLeast 100 % of limit:slots',
      'warning',
      '60s',
    ],
    ['beyond tested', 'beyond-tested', 'sessions.active', 'above 100 % of tested:sessions', 'warning', '30s'],
    [
      'sessions near the limit',
      'sessions-near-the-limit-high',
      'sessions.active',
      'above 80 % of limit:sessions',
      'warning',
      '0',
    ],
    [
      'sessions near the limit',
      'sessions-near-the-limit-critical',
      'sessions.active',
      'atLeast 100 % of limit:sessions',
      'critical',
      '0',
    ],
    ['uploads slow', 'uploads-slow', 'upload.seconds', 'above 16.9', 'warning', '60s'],
    ['uploads slow (15)', 'uploads-slow-info', 'upload.seconds', 'above 15', 'info', '60s'],
    ['more than one instance', 'more-than-one-instance', 'instances.count', 'above 1', 'warning', '60s'],
    ['stuck sessions', 'stuck-sessions', 'sessions.active', 'above 0', 'info', '0'],
  ],
  'webui-and-rq-on-openshift': [
    ['"too many connections"', 'too-many-connections', 'log.matches_per_minute', 'count above 0', 'critical', '0'],
    [
      '"too many connections" (SQLSTATE 53300)',
      'too-many-connections-refused',
      'db.connections.refused_per_minute',
      'count above 0',
      'critical',
      '0',
    ],
    [
      'Redis connection timeouts',
      'redis-connection-timeouts',
      'log.matches_per_minute',
      'count above 0',
      'critical',
      '0',
    ],
    ['Redis connection timeouts (3 PINGs)', 'redis-connection-timeouts-ping', 'up@redis', 'below 1', 'critical', '3x'],
    ['job queue length', 'job-queue-length', 'queue.length', 'sum above 50', 'critical', '15s'],
    ['worker CPU', 'worker-cpu', 'cpu.used_percent', 'above 80', 'warning', '60s'],
    ['worker memory', 'worker-memory', 'memory.used_percent', 'above 80', 'warning', '60s'],
    ['job processing time', 'job-processing-time-high', 'jobs.longest_seconds', 'above 600', 'warning', '0'],
    ['job processing time', 'job-processing-time-critical', 'jobs.longest_seconds', 'above 3600', 'critical', '0'],
    ['error rate of requests', 'error-rate', 'errors.percent', 'above 5', 'critical', '60s'],
    [
      'error rate of jobs',
      'error-rate-jobs',
      'jobs.failed_per_minute',
      'above 5 % of jobs.finished_per_minute + jobs.failed_per_minute',
      'critical',
      '60s',
    ],
    ['failed after 3 retries', 'failed-after-3-retries', 'jobs.failed_per_minute', 'count above 0', 'warning', '0'],
    ['files late', 'files-late', 'queue.oldest_seconds', 'above 600', 'warning', '0'],
    ['DB pool', 'db-pool-high', 'db.pool.in_use', 'above 80 % of limit:db_pool', 'warning', '15s'],
    ['DB pool', 'db-pool-critical', 'db.pool.in_use', 'atLeast 100 % of limit:db_pool', 'critical', '15s'],
    ['DB pool (waiting)', 'db-pool-waiting', 'db.pool.waiting', 'above 0', 'critical', '30s'],
    [
      'pools outgrow the server',
      'pools-outgrow-the-server',
      'db.pool.limit * processes.active',
      'above 100 % of limit:db_connections',
      'warning',
      '0',
    ],
    [
      'DB connections',
      'db-connections-high',
      'db.connections',
      'sum above 80 % of limit:db_connections',
      'warning',
      '15s',
    ],
    [
      'DB connections',
      'db-connections-critical',
      'db.connections',
      'sum above 95 % of limit:db_connections',
      'critical',
      '15s',
    ],
    ['no pooling', 'no-pooling', 'db.pool.size', 'atMost 0', 'critical', '0'],
    ['leaked connections', 'leaked-connections-high', 'db.connections', 'sum leak above 0 in 15 min', 'warning', '0'],
    [
      'leaked connections',
      'leaked-connections-critical',
      'db.connections',
      'sum leak above 0 in 15 min',
      'critical',
      '0',
    ],
    ['Redis pool', 'redis-pool', 'redis.pool.in_use', 'above 80 % of limit:redis_pool', 'warning', '15s'],
    ['Redis clients', 'redis-clients', 'redis.clients', 'above 80 % of limit:redis_clients', 'warning', '15s'],
    ['too few workers', 'too-few-workers-high', 'workers.total', 'below 10', 'warning', '60s'],
    ['too few workers', 'too-few-workers-critical', 'workers.total', 'atMost 1', 'critical', '60s'],
    ['too few replicas', 'too-few-replicas-high', 'replicas.ready', 'below 3', 'warning', '60s'],
    ['too few replicas', 'too-few-replicas-critical', 'replicas.ready', 'atMost 0', 'critical', '60s'],
  ],
  'gunicorn-on-ec2': [
    ['people over plan', 'people-high', 'users.active', 'above 50', 'warning', '30s'],
    ['people over capacity', 'people-critical', 'users.active', 'above 60', 'critical', '30s'],
    ['slow', 'slow', 'latency.p95_seconds', 'above 3', 'warning', '60s'],
    ['CPU', 'cpu-high', 'cpu.used_percent', 'above 80', 'warning', '60s'],
    ['memory', 'memory-high', 'memory.used_percent', 'above 75', 'warning', '60s'],
    ['memory', 'memory-critical', 'memory.used_percent', 'above 90', 'critical', '60s'],
    ['session errors', 'session-errors', 'log.matches_per_minute', 'count above 0', 'critical', '0'],
    ['"file not found"', 'file-not-found', 'log.matches_per_minute', 'count above 0', 'critical', '0'],
    ['failed uploads', 'failed-uploads', 'log.matches_per_minute', 'count above 0', 'critical', '0'],
    ['instances', 'instances', 'instances.count', 'above 1', 'warning', '300s'],
  ],
  'ide-on-ecs': [
    ['30-minute crash', '30-minute-crash-high', 'uptime.seconds', 'change 1', 'warning', '0'],
    [
      '30-minute crash (twice in 45 min)',
      '30-minute-crash-critical',
      'uptime.seconds',
      'change 2 in 45 min',
      'critical',
      '0',
    ],
    ['people', 'people-high', 'users.active', 'atLeast 9', 'warning', '30s'],
    ['people', 'people-critical', 'users.active', 'above 10', 'critical', '30s'],
    ['CPU', 'cpu-high', 'cpu.used_percent', 'above 80', 'warning', '60s'],
    ['CPU', 'cpu-critical', 'cpu.used_percent', 'above 85', 'critical', '60s'],
    ['memory', 'memory-high', 'memory.used_percent', 'above 80', 'warning', '60s'],
    ['memory', 'memory-critical', 'memory.used_percent', 'above 85', 'critical', '60s'],
    ['threads a person', 'threads-a-person', 'threads.active / users.active', 'above 2', 'warning', '60s'],
    ['user processes', 'user-processes-high', 'processes.active', 'atLeast 16', 'warning', '60s'],
    ['user processes', 'user-processes-full', 'processes.active', 'atLeast 20', 'warning', '60s'],
    ['response time', 'response-time-high', 'probe.seconds', 'above 0.8', 'warning', '30s'],
    ['response time', 'response-time-critical', 'probe.seconds', 'above 1', 'critical', '30s'],
    ['its own advice', 'its-own-advice-high', 'advice.warnings', 'above 0', 'warning', '0'],
    ['its own advice', 'its-own-advice-critical', 'advice.criticals', 'above 0', 'critical', '0'],
  ],
  'fastapi-on-render': [
    ['memory under load', 'memory-under-load-high', 'memory.used_bytes', `above ${150 * MB}`, 'warning', '60s'],
    ['memory under load', 'memory-under-load-critical', 'memory.used_bytes', `above ${400 * MB}`, 'critical', '60s'],
    ['memory when idle', 'memory-when-idle', 'memory.used_bytes', `above ${100 * MB}`, 'info', '0'],
    ['leak', 'leak', 'memory.used_bytes', `leak above ${20 * MB}`, 'warning', '0'],
    ['latency (p50)', 'latency-p50', 'latency.p50_seconds', 'above 3', 'warning', '60s'],
    ['latency (p95)', 'latency-p95', 'latency.p95_seconds', 'above 8', 'warning', '60s'],
    ['success', 'success-high', 'errors.percent', 'above 5', 'warning', '60s'],
    ['success', 'success-critical', 'errors.percent', 'above 10', 'critical', '60s'],
    ['log: MemoryError', 'log-memory-error', 'log.matches_per_minute', 'count above 0', 'critical', '0'],
    [
      'log: Worker failed to boot',
      'log-worker-failed-to-boot',
      'log.matches_per_minute',
      'count above 0',
      'critical',
      '0',
    ],
    ['log: Worker timeout', 'log-worker-timeout', 'log.matches_per_minute', 'count above 0', 'warning', '0'],
    [
      'worker restarts',
      'worker-restarts-high',
      'restarts.per_minute',
      'above 150 % of requests.per_minute / 1000',
      'warning',
      '0',
    ],
    ['worker restarts (none)', 'worker-restarts-none', 'requests.per_minute', 'count above 2200', 'warning', '0'],
    ['cache (items)', 'cache-items', 'cache.items', 'above 50', 'warning', '60s'],
    ['cache (MB)', 'cache-size', 'cache.bytes', `above ${10 * MB}`, 'warning', '60s'],
    ['streams (queue)', 'stream-queue', 'streams.queue', 'atLeast 100', 'warning', '60s'],
    ['streams (idle)', 'stream-idle', 'streams.oldest_idle_seconds', 'above 600', 'warning', '60s'],
  ],
}

describe('every row of the red flags', () => {
  for (const [preset, rows] of Object.entries(ROWS)) {
    const flags = flagsOf(preset)

    test.each(rows)(`${preset}: %s is the flag %s`, (_row, id, metric, line, severity, hold) => {
      const flag = flags.find((one) => one.id === id)
      expect(flag && { metric: flag.metric, line: lineOf(flag), severity: flag.severity, hold: holdOf(flag) }).toEqual({
        metric,
        line,
        severity,
        hold,
      })
    })

    test(`${preset} has no flag that is not in the rows`, () => {
      const common = preset === 'web-service' ? [] : (ROWS['web-service'] ?? [])
      const known = new Set([...rows, ...common].map(([, id]) => id))
      expect(flags.map(({ id }) => id).filter((id) => !known.has(id))).toEqual(
        preset === 'workshop-on-render'
          ? ['server-busy-log', 'upstream-rate-limit-log', 'upstream-rate-limit-status']
          : [],
      )
    })
  }

  test('the sentence to say is there when the upstream limits the rate', () => {
    expect(flagsOf('workshop-on-render').find(({ id }) => id === 'upstream-rate-limit')?.say).toBe(
      'Please tick the *Slow Mode* box.',
    )
  })

  test('side conditions are as the rows say', () => {
    const when = (preset: string, id: string): unknown => flagsOf(preset).find((flag) => flag.id === id)?.when
    expect(when('web-service', 'down')).toEqual([{ metric: 'up', atLeast: 1, ever: true }])
    expect(when('workshop-on-render', 'stuck-sessions')).toEqual([
      { metric: 'event.ended_seconds', atLeast: 1800 },
      { metric: 'sessions.active', falling: false, for: 1_800_000 },
    ])
    expect(when('fastapi-on-render', 'memory-when-idle')).toEqual([
      { metric: 'requests.per_minute', atMost: 0, for: 300_000 },
    ])
    expect(flagsOf('ide-on-ecs').find(({ id }) => id === '30-minute-crash-high')?.previous).toEqual({
      atLeast: 1500,
      atMost: 2100,
    })
  })
})

function lineOf(flag: Flag): string {
  const minutes = flag.windowMs === undefined ? '' : ` in ${flag.windowMs / 60_000} min`
  const over = flag.over === 'each' ? '' : `${flag.over} `
  switch (flag.kind) {
    case 'absent':
      return 'absent'
    case 'change':
      return `change ${flag.line}${minutes}`
    case 'count':
      return `count ${flag.compare} ${flag.line}`
    case 'leak':
      return `${over}leak ${flag.compare} ${flag.line}${minutes}`
    case 'share':
      return `${over}${flag.compare} ${flag.line} % of ${flag.of}`
    default:
      return `${over}${flag.compare} ${flag.line}`
  }
}

function holdOf(flag: Flag): string {
  if ('times' in flag.hold) return `${flag.hold.times}x`
  return flag.hold.ms === 0 ? '0' : `${flag.hold.ms / 1000}s`
}

test('the error rate of jobs is that of minutes, for jobs end one by one', () => {
  const flags = flagsOf('webui-and-rq-on-openshift').filter(({ id }) => id === 'error-rate-jobs')
  const world = new World()
  const system = {
    id: 's',
    name: 'S',
    presets: [],
    sources: [{ id: 'app', type: 'http-json', everyMs: 5_000, lagMs: 0 }],
    limits: {},
    tested: {},
    bands: [],
    flags,
    expected: [],
    success: [],
    actions: [],
  }
  world.apply({ kind: 'config', at: 0, demo: false, events: [], systems: [system] })
  const metrics = ['jobs.failed_per_minute', 'jobs.finished_per_minute']
  metrics.forEach((metric, index) =>
    world.know({ id: index + 1, system: 's', source: 'app', metric, labels: {}, unit: 'per_minute' }),
  )
  const engine = createEngine(flags, world)
  // A job ends every 20 s; every so many of them fails.
  const told = (failing: number, fromMinute: number, minutes: number): string[] => {
    const states: string[] = []
    for (let at = fromMinute * 60_000; at < (fromMinute + minutes) * 60_000; at += 5_000) {
      const ended = at % 20_000 === 0 ? 12 : 0
      const failed = ended > 0 && (at / 20_000) % failing === 0 ? ended : 0
      world.observe(1, at, failed)
      world.observe(2, at, ended - failed)
      world.rank(at)
      states.push(
        ...engine
          .step(
            [
              { series: 1, at, value: failed },
              { series: 2, at, value: ended - failed },
            ],
            at,
          )
          .map(({ state }) => state),
      )
    }
    return states
  }
  expect(told(1_000, 1, 20)).toEqual([])
  expect([...new Set(told(5, 21, 10))]).toEqual(['pending', 'firing'])
  expect(told(1_000, 31, 10)).toEqual(['resolved'])
})
