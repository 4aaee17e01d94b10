import { type Moment, type Table, total } from '../stage/types.ts'
import { document, exposition } from '../wires/http.ts'
import { logFile, pacedLog } from '../wires/log.ts'
import { type Measured, render } from '../wires/render.ts'

const MIB = 2 ** 20
const HOUR = 3_600

/** What the application says at /api/admin/metrics. */
const calm = {
  process: { rss_mb: 80 },
  memory_limit_mb: 512,
  cache: { items: 12, size_mb: 1.5 },
  sse: { active_streams: 3, max_queue: 4, oldest_idle_seconds: 42 },
  requests: { p50_ms: 1_200, p95_ms: 4_100, success_rate_percent: 99 },
}
const says = (wrong: object): ReturnType<typeof document> => document({ calm, wrong: { ...calm, ...wrong } })
const measures = (wrong: Measured['metrics']): ReturnType<typeof render> =>
  render({
    calm: { plan: 'starter', metrics: { 'memory-limit': () => 512 * MIB, memory: () => 80 * MIB } },
    wrong: { metrics: { 'memory-limit': () => 512 * MIB, memory: () => 80 * MIB, ...wrong } },
  })
const line = (wrong: string): ReturnType<typeof logFile> =>
  logFile('[2026-11-25 08:00:00 +0000] [7] [INFO] Booting worker with pid: 7', wrong)

/** Memory by the second, and requests at so many a minute. */
const memoryOf = (
  mib: (moment: Moment) => number,
  calmRate: number,
  wrongRate: number,
): ReturnType<typeof exposition> => {
  const now = (moment: Moment): string => `# TYPE http_requests_total counter
http_requests_total{status="200"} ${total(moment, calmRate, wrongRate)}
process_resident_memory_bytes ${Math.round(mib(moment) * MIB)}`
  return exposition({ calm: now, wrong: now }, { every: '2m' })
}

/** Workers that leave after 1,000 requests each, which at 30 a minute is every 2,000 s; by what gunicorn logs then. */
const RESTART_S = 2_000
const exits = (apart: Parameters<typeof pacedLog>[1]): ReturnType<typeof pacedLog> =>
  pacedLog('[2026-11-25 08:00:00 +0000] [9] [INFO] Worker exiting (pid: 9)', apart)

const LOAD = 'memory under load > 150 MB / > 400 MB'
const SUCCESS = 'success < 95 % / < 90 %'
const CACHE = "cache > 50 items or > 10 MB; a stream's queue >= 100; a stream idle > 10 min"

/** Phase 6: Render Configuration & Memory Testing. */
export const fastapiOnRender: Table = {
  preset: 'fastapi-on-render',
  scenes: [
    {
      title: 'that the application and its log tell',
      calm: 60,
      wrong: 180,
      wellAgain: 200,
      stepMs: 500,
      rows: [
        { says: LOAD, when: '200 MB', flags: ['memory-under-load-high'], from: says({ process: { rss_mb: 200 } }) },
        {
          says: 'p50 > 3 s',
          when: '3.5 s',
          flags: ['latency-p50'],
          from: says({ requests: { ...calm.requests, p50_ms: 3_500 } }),
        },
        {
          says: 'p95 > 8 s',
          when: '9 s',
          flags: ['latency-p95'],
          from: says({ requests: { ...calm.requests, p95_ms: 9_000 } }),
        },
        {
          says: SUCCESS,
          when: '93 %',
          flags: ['success-high'],
          from: says({ requests: { ...calm.requests, success_rate_percent: 93 } }),
        },
        {
          says: SUCCESS,
          when: '80 %',
          flags: ['success-high', 'success-critical'],
          from: says({ requests: { ...calm.requests, success_rate_percent: 80 } }),
        },
        {
          says: 'log: `MemoryError`: any',
          when: 'one',
          flags: ['log-memory-error'],
          from: line('MemoryError: Unable to allocate 128. MiB'),
        },
        {
          says: 'log: `Worker failed to boot`: any',
          when: 'one',
          flags: ['log-worker-failed-to-boot'],
          from: line("gunicorn.errors.HaltServer: <HaltServer 'Worker failed to boot.' 3>"),
        },
        {
          says: 'log: `Worker timeout`: any',
          when: 'one',
          flags: ['log-worker-timeout'],
          from: line('[2026-11-25 08:02:00 +0000] [7] [CRITICAL] WORKER TIMEOUT (pid:9)'),
        },
        { says: CACHE, when: '51 items', flags: ['cache-items'], from: says({ cache: { items: 51, size_mb: 1.5 } }) },
        { says: CACHE, when: '11 MB', flags: ['cache-size'], from: says({ cache: { items: 12, size_mb: 11 } }) },
        {
          says: CACHE,
          when: 'a queue of 100',
          flags: ['stream-queue'],
          from: says({ sse: { ...calm.sse, max_queue: 100 } }),
        },
        {
          says: CACHE,
          when: 'idle for 11 min',
          flags: ['stream-idle'],
          from: says({ sse: { ...calm.sse, oldest_idle_seconds: 660 } }),
        },
      ],
    },
    {
      title: 'that Render tells, some minutes late',
      calm: 600,
      wrong: 600,
      wellAgain: 900,
      stepMs: 500,
      rows: [
        { says: LOAD, when: '200 MB', flags: ['memory-under-load-high'], from: measures({ memory: () => 200 * MIB }) },
        {
          says: LOAD,
          when: '490 MB',
          flags: ['memory-under-load-high', 'memory-under-load-critical', 'memory-high', 'memory-critical'],
          from: measures({ memory: () => 490 * MIB }),
        },
        {
          says: 'latency p95 > 8 s',
          when: '9 s',
          flags: ['latency-p95'],
          from: measures({ 'http-latency': (_, quantile) => (quantile === '0.95' ? 9_000 : 1_000) }),
        },
        {
          says: '> 100 MB with no traffic for 5 min',
          when: '120 MB at rest',
          flags: ['memory-when-idle'],
          from: memoryOf(({ phase }) => (phase === 'wrong' ? 120 : 80), 30, 0),
        },
      ],
    },
    {
      title: 'over hours',
      calm: 2 * HOUR,
      wrong: 2.6 * HOUR,
      wellAgain: 3.2 * HOUR,
      stepMs: 5_000,
      rows: [
        {
          says: 'growth that never comes back: > 20 MB an hour',
          when: '25 MB an hour',
          flags: ['leak'],
          from: memoryOf(({ since, phase }) => (phase === 'wrong' ? 40 + (25 * since) / HOUR : 40), 30, 30),
        },
        {
          says: '> 1.5 x requests/1,000',
          when: 'a restart every 10 minutes, of 1,800 requests an hour',
          flags: ['worker-restarts-high'],
          from: [memoryOf(() => 40, 30, 30), exits({ calm: RESTART_S, wrong: 600 })],
        },
        {
          says: 'none after 1,100 requests a worker',
          when: 'no restart, of 1,800 requests an hour',
          flags: ['worker-restarts-none'],
          from: [memoryOf(() => 40, 30, 30), exits({ calm: RESTART_S, wrong: undefined })],
        },
      ],
    },
  ],
}
