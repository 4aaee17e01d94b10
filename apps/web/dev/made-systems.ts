import { flag } from './fixture-model.ts'
import type { MadeSeries, MadeSystem } from './fixture-model.ts'
import { noise } from './noise.ts'

const MIN = 60_000
const MIB = 2 ** 20

const wobble =
  (seed: number, period: number, low: number, high: number) =>
  (t: number): number =>
    low + (high - low) * noise(seed, t, period)
const whole =
  (make: (t: number) => number) =>
  (t: number): number =>
    Math.round(make(t))
const one =
  (make: (t: number) => number) =>
  (t: number): number =>
    Math.round(make(t) * 10) / 10
const constant = (value: number) => (): number => value

/** Sessions of a class that arrives over twenty minutes and then stays. */
function arriving(start: number, most: number): (t: number) => number {
  return (t) =>
    Math.max(0, Math.round(most / (1 + Math.exp(-(t - start + 25 * MIN) / (5 * MIN))) + noise(3, t, 40_000) * 2 - 1))
}

export function captions(start: number): MadeSystem {
  const health: Pick<MadeSeries, 'source'> = { source: 'http-json' }
  const sessions = arriving(start, 27)
  return {
    id: 'captions',
    name: 'Caption workshop',
    presets: ['workshop-on-render'],
    state: 'ok',
    down: false,
    since: start - 52 * MIN,
    band: 'good',
    sources: [
      { id: 'http-json', type: 'http-json', everySeconds: 2 },
      { id: 'render', type: 'render', everySeconds: 30, lagSeconds: 60 },
    ],
    headroom: [
      {
        resource: 'sessions',
        title: 'Sessions',
        metric: 'sessions.active',
        limit: 100,
        tested: 40,
        unit: 'count',
        limitFrom: 'config',
      },
      {
        resource: 'memory_percent',
        title: 'Memory',
        metric: 'memory.used_percent',
        limit: 100,
        unit: 'percent',
        limitFrom: 'preset',
      },
      {
        resource: 'slots',
        title: 'Request slots',
        metric: 'requests.in_flight',
        limit: 16,
        unit: 'count',
        limitFrom: 'preset',
      },
      {
        resource: 'upstream_per_minute',
        title: 'Upstream calls',
        metric: 'upstream.requests_per_minute',
        limit: 1000,
        unit: 'per_minute',
        limitFrom: 'preset',
      },
    ],
    texts: [],
    alerts: [
      {
        flag: 'upstream-rate-climbing',
        metric: 'upstream.requests_per_minute',
        value: 231,
        since: start - 9 * MIN,
        resolvedAt: start - 7 * MIN,
      },
    ],
    notes: [
      { at: start - 11 * MIN, text: 'Lab 1 starts', kind: 'runsheet' },
      { at: start - 6 * MIN, text: 'Asked everybody to tick Slow Mode', kind: 'note', by: 'Ada' },
      { at: start - 26 * MIN, text: 'deploy 4f1c2aa', kind: 'deploy' },
    ],
    flags: [
      flag('captions', {
        id: 'memory-high',
        metric: 'memory.used_percent',
        line: 80,
        unit: 'percent',
        severity: 'warning',
        title: 'Memory near 100 %',
        says: 'If memory usage approaches 100 %, the instance restarts and all sessions are lost.',
        figure: 'near 100 %',
        ours: true,
        steps: ['Ask students who have finished to export: exporting deletes the session.'],
      }),
      flag('captions', {
        id: 'memory-critical',
        metric: 'memory.used_percent',
        line: 90,
        unit: 'percent',
        severity: 'critical',
        title: 'Memory near 100 %',
        says: 'If memory usage approaches 100 %, the instance restarts and all sessions are lost.',
        figure: 'near 100 %',
      }),
      flag('captions', {
        id: 'beyond-tested',
        metric: 'sessions.active',
        line: 40,
        unit: 'count',
        severity: 'warning',
        title: 'Beyond tested',
        says: 'Tested with 40 concurrent uploads, 100 % success.',
        figure: '40 concurrent uploads',
      }),
      flag('captions', {
        id: 'sessions-high',
        metric: 'sessions.active',
        kind: 'share',
        line: 80,
        unit: 'count',
        severity: 'warning',
        title: 'Sessions near the limit',
        holdSeconds: 0,
        says: 'MAX_CONCURRENT_SESSIONS is 100; the 101st gets a 503.',
        figure: '100',
      }),
      flag('captions', {
        id: 'slots-full',
        metric: 'requests.in_flight',
        compare: 'atLeast',
        line: 16,
        unit: 'count',
        severity: 'warning',
        title: 'Request slots full',
        holdSeconds: 60,
        says: 'Four workers with four threads each answer 16 requests at once; more wait.',
        figure: '4 x 4',
      }),
      flag('captions', {
        id: 'upstream-rate-limit',
        metric: 'upstream.rate_limited_per_minute',
        kind: 'count',
        compare: 'atLeast',
        line: 1,
        unit: 'count',
        severity: 'critical',
        title: 'Upstream rate limit',
        holdSeconds: 0,
        says: 'If you see 429 errors, have students enable Slow Mode.',
        figure: 'any 429',
        say: 'Please tick the “Slow Mode” box.',
        steps: ['Say the sentence below.', 'Watch the upstream rate fall to about 20 a minute.'],
      }),
      flag('captions', {
        id: 'upstream-rate-climbing',
        metric: 'upstream.requests_per_minute',
        line: 225,
        unit: 'per_minute',
        severity: 'info',
        title: 'Upstream rate climbing',
        says: 'About 64 a minute, peaks of 150 to 225.',
        figure: '225/min',
      }),
      flag('captions', {
        id: 'uploads-slow',
        metric: 'upload.seconds',
        line: 16.9,
        unit: 'seconds',
        severity: 'warning',
        title: 'Uploads slow',
        holdSeconds: 60,
        says: 'At 40 at once an upload took 16.9 s.',
        figure: '16.9 s',
      }),
      flag('captions', {
        id: 'more-than-one-instance',
        metric: 'instances.count',
        line: 1,
        unit: 'count',
        severity: 'warning',
        title: 'More than one instance',
        holdSeconds: 60,
        supplied: false,
        says: 'Sessions live in the memory of one instance.',
        figure: '1 instance',
      }),
    ],
    expected: [
      'Sessions climb to about 30, then hold.',
      'Memory: 500 MB at rest, 600 to 800 MB in use.',
      'An upload of 30 images takes 10 to 15 s; one caption 14.75 s on average.',
      'Some requests queue briefly: that is fine.',
    ],
    success: [
      { text: 'Memory stays under 40 %', metric: 'memory.used_percent', below: 40 },
      { text: 'No 429 from upstream', metric: 'upstream.rate_limited_per_minute', atMost: 0 },
      { text: 'Uploads in 15 s', metric: 'upload.seconds', atMost: 15 },
      { text: 'Every student exported their work' },
    ],
    series: [
      { ...health, metric: 'up', unit: 'bool', at: constant(1) },
      { ...health, metric: 'sessions.active', unit: 'count', at: sessions },
      { ...health, metric: 'sessions.limit', unit: 'count', at: constant(100) },
      {
        ...health,
        metric: 'memory.used_percent',
        unit: 'percent',
        at: one((t) => 24 + sessions(t) * 0.35 + noise(5, t, 30_000) * 1.5),
      },
      {
        ...health,
        metric: 'memory.used_bytes',
        unit: 'bytes',
        at: whole((t) => (490 + sessions(t) * 7 + noise(5, t, 30_000) * 30) * MIB),
      },
      {
        ...health,
        metric: 'cpu.used_percent',
        unit: 'percent',
        at: one((t) => 12 + sessions(t) * 0.9 + noise(9, t, 9_000) * 22),
      },
      {
        ...health,
        metric: 'requests.in_flight',
        unit: 'count',
        spread: true,
        at: (t) => Math.round(2 + noise(11, t, 2_100) * 7),
      },
      { ...health, metric: 'upload.seconds', unit: 'seconds', at: one((t) => 9 + noise(12, t, 20_000) * 5) },
      {
        ...health,
        metric: 'upstream.requests_per_minute',
        unit: 'per_minute',
        at: (t) =>
          Math.round(60 + noise(13, t, 45_000) * 90 + 110 * Math.exp(-(((t - start + 8 * MIN) / (1.4 * MIN)) ** 2))),
      },
      { ...health, metric: 'upstream.rate_limited_per_minute', unit: 'per_minute', at: constant(0) },
      {
        ...health,
        metric: 'probe.seconds',
        unit: 'seconds',
        at: (t) => Math.round((0.04 + noise(14, t, 5_000) * 0.08) * 1000) / 1000,
      },
      { ...health, metric: 'uptime.seconds', unit: 'seconds', at: (t) => Math.round((t - start) / 1000 + 1570) },
      ...[200, 404, 503].map((status, index): MadeSeries => ({
        source: 'render',
        metric: 'responses.per_minute',
        unit: 'per_minute',
        labels: { status: String(status) },
        at: whole(wobble(20 + index, 60_000, index === 0 ? 300 : 0, index === 0 ? 420 : 4 - index)),
      })),
      { source: 'http-json', metric: 'config.batch_size', unit: 'none', at: constant(30) },
      {
        source: 'http-json',
        metric: 'captions.finished_total',
        unit: 'count',
        at: (t) => Math.round((t - start) / 4000 + 640),
      },
    ],
  }
}

export function webui(start: number): MadeSystem {
  const queue = (t: number): number =>
    Math.max(0, Math.round(8 + noise(30, t, 50_000) * 12 + Math.max(0, t - (start - 6 * MIN)) / 8_000))
  const workers = Array.from({ length: 12 }, (_, index) => `worker-${index + 1}`)
  const src: Pick<MadeSeries, 'source'> = { source: 'health' }
  return {
    id: 'webui',
    name: 'Web UI',
    presets: ['webui-and-rq-on-openshift'],
    state: 'critical',
    down: false,
    since: start - 105_000,
    sources: [
      { id: 'health', type: 'http-json', everySeconds: 5 },
      { id: 'redis', type: 'redis', everySeconds: 5 },
      {
        id: 'pg',
        type: 'postgres',
        everySeconds: 15,
        error: {
          code: 'auth_failed',
          message: 'PostgreSQL refused the password. Check PG_URL in the environment of the collector.',
        },
        silentSince: start - 4 * MIN,
      },
    ],
    headroom: [
      {
        resource: 'db_pool',
        title: 'DB pool',
        metric: 'db.pool.in_use',
        limit: 50,
        unit: 'count',
        limitFrom: 'reported',
      },
      {
        resource: 'redis_pool',
        title: 'Redis pool',
        metric: 'redis.pool.in_use',
        limit: 200,
        unit: 'count',
        limitFrom: 'config',
      },
      {
        resource: 'workers',
        title: 'Workers',
        metric: 'workers.busy',
        limit: 10,
        unit: 'count',
        limitFrom: 'reported',
      },
      {
        resource: 'db_connections',
        title: 'DB connections',
        metric: 'db.connections',
        limit: 97,
        unit: 'count',
        limitFrom: 'reported',
      },
    ],
    texts: ['3 jobs have waited longer than 5 minutes.', 'Consider raising worker replicas to 20.'],
    alerts: [
      { flag: 'job-queue-length', metric: 'queue.length', value: 61, since: start - 120_000 },
      { flag: 'db-pool-high', metric: 'db.pool.in_use', value: 41, since: start - 60_000 },
      { flag: 'files-late', metric: 'queue.oldest_seconds', value: 312, since: start - 8_000, pending: true },
      {
        flag: 'db-pool-high',
        metric: 'db.pool.in_use',
        value: 42,
        since: start - 13 * MIN,
        resolvedAt: start - 11 * MIN,
      },
    ],
    notes: [
      { at: start - 7 * MIN, text: 'deploy 9ab31e0, 2 replicas', kind: 'deploy' },
      { at: start - 100_000, text: 'Looking at the queue', kind: 'note', by: 'Sam' },
    ],
    flags: [
      flag('webui', {
        id: 'job-queue-length',
        metric: 'queue.length',
        line: 50,
        unit: 'count',
        severity: 'critical',
        title: 'Job queue',
        holdSeconds: 15,
        says: 'Scale the workers when the job queue length exceeds 50 jobs.',
        figure: '> 50 jobs',
        document: 'OpenShift guide',
        steps: [
          'Raise the workers to 10: oc scale deployment/rq-worker --replicas=10',
          'If it does not fall in five minutes, to 20.',
        ],
      }),
      flag('webui', {
        id: 'db-pool-high',
        metric: 'db.pool.in_use',
        kind: 'share',
        line: 40,
        unit: 'count',
        severity: 'warning',
        title: 'DB pool',
        holdSeconds: 15,
        says: 'Pool of 30 and overflow of 20 per process.',
        figure: '30 + 20',
        ours: true,
        document: 'OpenShift guide',
        steps: ['Look for requests that hold a connection while they wait for a job.'],
      }),
      flag('webui', {
        id: 'db-pool-critical',
        metric: 'db.pool.in_use',
        kind: 'share',
        compare: 'atLeast',
        line: 50,
        unit: 'count',
        severity: 'critical',
        title: 'DB pool',
        holdSeconds: 15,
        says: 'DATABASE_POOL_TIMEOUT is 30 s; then requests fail.',
        figure: '30 + 20',
        document: 'OpenShift guide',
      }),
      flag('webui', {
        id: 'files-late',
        metric: 'queue.oldest_seconds',
        line: 300,
        unit: 'seconds',
        severity: 'warning',
        title: 'Files late',
        holdSeconds: 30,
        says: 'Files should be done within 5 to 10 minutes.',
        figure: '5-10 minutes',
        document: 'OpenShift guide',
      }),
      flag('webui', {
        id: 'too-few-workers',
        metric: 'workers.total',
        compare: 'below',
        line: 10,
        unit: 'count',
        severity: 'warning',
        title: 'Too few workers',
        holdSeconds: 60,
        says: 'Run at least 10 workers for 100 users.',
        figure: '10',
        document: 'OpenShift guide',
      }),
      flag('webui', {
        id: 'worker-cpu',
        metric: 'cpu.used_percent',
        line: 80,
        unit: 'percent',
        severity: 'warning',
        title: 'Worker CPU',
        holdSeconds: 60,
        says: 'Watch worker CPU above 80 %.',
        figure: '80 %',
        document: 'OpenShift guide',
      }),
      flag('webui', {
        id: 'error-rate',
        metric: 'errors.percent',
        line: 5,
        unit: 'percent',
        severity: 'critical',
        title: 'Error rate',
        holdSeconds: 60,
        says: 'Investigate when more than 5 % of requests fail.',
        figure: '5 %',
        document: 'OpenShift guide',
      }),
      flag('webui', {
        id: 'too-few-replicas',
        metric: 'replicas.ready',
        compare: 'below',
        line: 3,
        unit: 'count',
        severity: 'warning',
        title: 'Too few replicas',
        supplied: false,
        says: 'Three web replicas.',
        figure: '3',
        document: 'OpenShift guide',
      }),
      flag('webui', {
        id: 'too-many-connections',
        metric: 'log.matches_per_minute',
        kind: 'count',
        compare: 'atLeast',
        line: 1,
        unit: 'count',
        severity: 'critical',
        title: '“too many connections”',
        supplied: false,
        says: 'FATAL: too many connections (53300).',
        figure: 'any',
        document: 'OpenShift guide',
      }),
    ],
    expected: ['Files are done within 5 to 10 minutes.', '10 to 20 jobs at once.'],
    success: [
      { text: 'Queue under 50', metric: 'queue.length', atMost: 50 },
      { text: 'Errors under 5 %', metric: 'errors.percent', below: 5 },
    ],
    series: [
      { ...src, metric: 'up', unit: 'bool', at: constant(1) },
      { ...src, metric: 'users.active', unit: 'count', at: whole(wobble(31, 90_000, 58, 74)) },
      { ...src, metric: 'memory.used_percent', unit: 'percent', at: one(wobble(32, 200_000, 52, 58)) },
      ...workers.map((worker, index): MadeSeries => ({
        ...src,
        metric: 'cpu.used_percent',
        unit: 'percent',
        labels: { worker },
        at: one(wobble(40 + index, 25_000, 20 + index * 3, 38 + index * 3.2)),
      })),
      {
        ...src,
        metric: 'db.pool.in_use',
        unit: 'count',
        at: (t) =>
          Math.round(Math.min(49, 22 + noise(52, t, 30_000) * 9 + Math.max(0, t - (start - 3 * MIN)) / 12_000)),
      },
      { ...src, metric: 'db.pool.limit', unit: 'count', at: constant(50) },
      { ...src, metric: 'redis.pool.in_use', unit: 'count', at: whole(wobble(53, 25_000, 31, 58)) },
      { source: 'redis', metric: 'queue.length', unit: 'count', labels: {}, at: queue },
      { source: 'redis', metric: 'queue.oldest_seconds', unit: 'seconds', at: (t) => Math.round(queue(t) * 5.1) },
      { source: 'redis', metric: 'jobs.running', unit: 'count', at: whole(wobble(55, 30_000, 8, 10)) },
      ...['done', 'failed'].map((state, index): MadeSeries => ({
        source: 'redis',
        metric: 'jobs.finished_per_minute',
        unit: 'per_minute',
        labels: { state },
        at: one(wobble(56 + index, 40_000, index === 0 ? 11 : 0, index === 0 ? 16 : 1)),
      })),
      { source: 'redis', metric: 'workers.busy', unit: 'count', at: whole(wobble(57, 30_000, 8, 10)) },
      { source: 'redis', metric: 'workers.total', unit: 'count', at: constant(10) },
      { ...src, metric: 'errors.percent', unit: 'percent', at: one(wobble(58, 30_000, 0.4, 2.2)) },
      {
        ...src,
        metric: 'latency.p95_seconds',
        unit: 'seconds',
        at: (t) => Math.round((0.6 + noise(59, t, 20_000) * 0.6 + queue(t) / 120) * 1000) / 1000,
      },
      {
        source: 'pg',
        metric: 'db.connections',
        unit: 'count',
        at: (t) => (t > start - 4 * MIN ? null : Math.round(40 + noise(60, t, 30_000) * 14)),
      },
    ],
  }
}

export function ide(start: number): MadeSystem {
  const silent = start - 24_000
  const until =
    (make: (t: number) => number) =>
    (t: number): number | null =>
      t > silent || (t > start - 9 * MIN && t < start - 7 * MIN) ? null : make(t)
  return {
    id: 'ide',
    name: 'Python IDE',
    presets: ['ide-on-ecs'],
    state: 'unknown',
    down: false,
    since: start - 12_000,
    sources: [
      {
        id: 'stats',
        type: 'http-json',
        everySeconds: 5,
        error: {
          code: 'timeout',
          message:
            'No answer within 4 s. The collector’s own network may be at fault: other addresses do not answer either.',
        },
        silentSince: silent,
      },
    ],
    headroom: [
      {
        resource: 'users',
        title: 'People',
        metric: 'users.active',
        limit: 10,
        tested: 8,
        unit: 'count',
        limitFrom: 'preset',
      },
      {
        resource: 'memory_percent',
        title: 'Memory',
        metric: 'memory.used_percent',
        limit: 100,
        unit: 'percent',
        limitFrom: 'preset',
      },
      { resource: 'cpu', title: 'CPU', metric: 'cpu.used_percent', limit: 100, unit: 'percent', limitFrom: 'preset' },
    ],
    texts: [],
    alerts: [],
    notes: [],
    flags: [
      flag('ide', {
        id: 'people-high',
        metric: 'users.active',
        compare: 'atLeast',
        line: 9,
        unit: 'count',
        severity: 'warning',
        title: 'People',
        says: '8 to 10 people are safe.',
        figure: '8-10',
      }),
      flag('ide', {
        id: 'cpu-high',
        metric: 'cpu.used_percent',
        line: 80,
        unit: 'percent',
        severity: 'warning',
        title: 'CPU',
        says: 'Above 80 % the editor lags.',
        figure: '80 %',
      }),
    ],
    expected: ['2 to 4 people normally, 8 to 10 in class.'],
    success: [{ text: 'CPU under 80 %', metric: 'cpu.used_percent', below: 80 }],
    series: [
      { source: 'stats', metric: 'users.active', unit: 'count', at: until(whole(wobble(70, 120_000, 4, 8))) },
      { source: 'stats', metric: 'memory.used_percent', unit: 'percent', at: until(one(wobble(71, 90_000, 58, 66))) },
      { source: 'stats', metric: 'cpu.used_percent', unit: 'percent', at: until(one(wobble(72, 15_000, 30, 68))) },
      {
        source: 'stats',
        metric: 'latency.p95_seconds',
        unit: 'seconds',
        at: until((t) => Math.round((0.2 + noise(73, t, 20_000) * 0.2) * 1000) / 1000),
      },
    ],
  }
}

export function fastapi(start: number): MadeSystem {
  return {
    id: 'marking',
    name: 'Marking API',
    presets: ['fastapi-on-render'],
    state: 'warning',
    down: false,
    since: start - 14 * MIN,
    sources: [{ id: 'http-json', type: 'http-json', everySeconds: 5 }],
    headroom: [
      {
        resource: 'memory',
        title: 'Memory',
        metric: 'memory.used_bytes',
        limit: 512 * MIB,
        unit: 'bytes',
        limitFrom: 'preset',
      },
      { resource: 'cpu', title: 'CPU', metric: 'cpu.used_percent', limit: 100, unit: 'percent', limitFrom: 'preset' },
    ],
    texts: [],
    alerts: [
      { flag: 'memory-under-load-high', metric: 'memory.used_bytes', value: 188 * MIB, since: start - 14 * MIN },
    ],
    notes: [{ at: start - 10 * MIN, text: 'restarted by the platform', kind: 'restart' }],
    flags: [
      flag('marking', {
        id: 'memory-under-load-high',
        metric: 'memory.used_bytes',
        line: 150 * MIB,
        unit: 'bytes',
        severity: 'warning',
        title: 'Memory under load',
        says: 'Under load it should stay below 150 MB.',
        figure: '150 MB',
        steps: ['Set --max-requests 500.'],
      }),
      flag('marking', {
        id: 'memory-under-load-critical',
        metric: 'memory.used_bytes',
        line: 400 * MIB,
        unit: 'bytes',
        severity: 'critical',
        title: 'Memory under load',
        says: 'It crashed at 400 to 500 MB.',
        figure: '400-500 MB',
      }),
    ],
    expected: [],
    success: [],
    series: [
      {
        source: 'http-json',
        metric: 'memory.used_bytes',
        unit: 'bytes',
        at: whole((t) => (140 + 50 / (1 + Math.exp(-(t - start + 14 * MIN) / MIN)) + noise(81, t, 40_000) * 8) * MIB),
      },
      { source: 'http-json', metric: 'cpu.used_percent', unit: 'percent', at: one(wobble(82, 12_000, 8, 31)) },
      {
        source: 'http-json',
        metric: 'latency.p50_seconds',
        unit: 'seconds',
        at: (t) => Math.round((0.9 + noise(83, t, 20_000)) * 1000) / 1000,
      },
      {
        source: 'http-json',
        metric: 'latency.p95_seconds',
        unit: 'seconds',
        at: (t) => Math.round((2.1 + noise(84, t, 20_000) * 2) * 1000) / 1000,
      },
    ],
  }
}

export function grades(start: number): MadeSystem {
  const silent = start - 3 * MIN
  return {
    id: 'grades',
    name: 'Grades on EC2',
    presets: ['gunicorn-on-ec2'],
    state: 'critical',
    down: true,
    since: start - 165_000,
    sources: [
      {
        id: 'http-json',
        type: 'http-json',
        everySeconds: 5,
        error: { code: 'refused', message: 'The connection was refused: nothing listens at the address.' },
        silentSince: silent,
      },
    ],
    headroom: [
      { resource: 'users', title: 'People', metric: 'users.active', limit: 60, unit: 'count', limitFrom: 'preset' },
    ],
    texts: [],
    alerts: [{ flag: 'down', metric: 'up', value: 0, since: silent }],
    notes: [],
    flags: [
      flag('grades', {
        id: 'down',
        metric: 'up',
        compare: 'below',
        line: 1,
        unit: 'bool',
        severity: 'critical',
        title: 'Down',
        holdSeconds: 15,
        says: 'An endpoint that answered before refuses, times out or answers 5xx three times running.',
        ours: true,
        document: 'Headroom',
        steps: ['Open the service’s log.', 'systemctl restart gunicorn'],
      }),
    ],
    expected: [],
    success: [],
    series: [
      { source: 'http-json', metric: 'up', unit: 'bool', at: (t) => (t > silent ? 0 : 1) },
      {
        source: 'http-json',
        metric: 'users.active',
        unit: 'count',
        at: (t) => (t > silent ? null : Math.round(31 + noise(90, t, 60_000) * 6)),
      },
    ],
  }
}

/** One of many: small, fine, and the same shape as its neighbours. */
export function small(start: number, index: number): MadeSystem {
  const warned = index % 37 === 5
  return {
    id: `service-${index}`,
    name: `Service ${index}`,
    presets: ['web-service'],
    state: warned ? 'warning' : 'ok',
    down: false,
    since: start - 40 * MIN,
    sources: [{ id: 'http-json', type: 'http-json', everySeconds: 5 }],
    headroom: [
      {
        resource: 'memory_percent',
        title: 'Memory',
        metric: 'memory.used_percent',
        limit: 100,
        unit: 'percent',
        limitFrom: 'preset',
      },
      { resource: 'cpu', title: 'CPU', metric: 'cpu.used_percent', limit: 100, unit: 'percent', limitFrom: 'preset' },
    ],
    texts: [],
    notes: [],
    expected: [],
    success: [],
    alerts: warned ? [{ flag: 'cpu-high', metric: 'cpu.used_percent', value: 84, since: start - 5 * MIN }] : [],
    flags: [
      flag(`service-${index}`, {
        id: 'cpu-high',
        metric: 'cpu.used_percent',
        line: 80,
        unit: 'percent',
        severity: 'warning',
        title: 'CPU',
        says: 'Sustained use above 80 %.',
        ours: true,
        document: 'Headroom',
      }),
    ],
    series: [
      { source: 'http-json', metric: 'memory.used_percent', unit: 'percent', at: one(wobble(index, 60_000, 30, 45)) },
      {
        source: 'http-json',
        metric: 'cpu.used_percent',
        unit: 'percent',
        at: one(wobble(index + 500, 15_000, warned ? 81 : 10, warned ? 88 : 40)),
      },
    ],
  }
}

/** A system of which nothing has been heard yet: no series, no limit. */
export function waiting(start: number): MadeSystem {
  return {
    ...small(start, 0),
    id: 'new',
    name: 'New system',
    state: 'unknown',
    since: start,
    headroom: [],
    flags: [],
    alerts: [],
    series: [],
  }
}
