import { describe, expect, test } from 'vitest'
import { labelsKey } from '@headroom/shared/model/labels.ts'
import { mapDocument } from '../map-document.ts'

/** Every value of a document, by its metric; a running total under the name of its rate. */
function valuesOf(document: unknown): Record<string, number> {
  const { points } = mapDocument(document, {
    map: {},
    ignore: [],
    maxSeries: 200,
    now: Date.parse('2026-11-25T08:00:00Z'),
  })
  return Object.fromEntries(
    points.map(({ metric, rate, labels, value }) => [`${rate ?? metric}${labelsKey(labels)}`, value]),
  )
}

const uwsgiWorker = (id: number, status: string, more: object = {}): object => ({
  id,
  pid: 26_030 + id,
  accepting: 1,
  requests: 10,
  delta_requests: 10,
  exceptions: 1,
  harakiri_count: 0,
  signals: 0,
  signal_queue: 0,
  status,
  rss: 0,
  vsz: 0,
  running_time: 0,
  last_spawn: 1_795_279_208,
  respawn_count: 1,
  tx: 0,
  avg_rt: 0,
  apps: [{ id: 0, requests: 10 }],
  cores: [{ id: 0, requests: 10, in_request: status === 'busy' ? 1 : 0 }],
  ...more,
})
const uwsgi = (...workers: object[]): object => ({
  version: '2.0.21',
  listen_queue: 3,
  listen_queue_errors: 0,
  signal_queue: 0,
  load: 3,
  pid: 25_975,
  uid: 33,
  locks: [{ 'user 0': 0 }, { signal: 0 }],
  sockets: [{ name: '127.0.0.1:7117', proto: 'http', queue: 3, max_queue: 100, shared: 0, can_offload: 0 }],
  workers,
})

describe('uWSGI', () => {
  test('its workers, what they served, and what waits for one; its load is none of the machine', () => {
    expect(valuesOf(uwsgi(uwsgiWorker(1, 'busy'), uwsgiWorker(2, 'idle'), uwsgiWorker(3, 'cheap')))).toEqual({
      'workers.total': 2,
      'workers.busy': 1,
      'slots.limit': 2,
      'requests.in_flight': 1,
      listen_queue: 3,
      listen_queue_limit: 100,
      listen_queue_errors_per_minute: 0,
      'requests.per_minute': 20,
      exceptions_per_minute: 2,
      harakiri_per_minute: 0,
      respawns_per_minute: 2,
    })
  })

  test('times, in microseconds, and memory, where it measures them', () => {
    const found = valuesOf(
      uwsgi(
        uwsgiWorker(1, 'busy', { avg_rt: 300_000, rss: 2 ** 20 }),
        uwsgiWorker(2, 'idle', { avg_rt: 100_000, rss: 2 ** 20 }),
      ),
    )
    expect(found).toMatchObject({ 'latency.p50_seconds': expect.closeTo(0.2, 9), 'memory.used_bytes': 2 * 2 ** 20 })
  })
})

describe('Puma', () => {
  const thread = { backlog: 2, running: 4, pool_capacity: 1, max_threads: 5, requests_count: 40 }

  test('of one process: its threads as request slots, and what waits for one', () => {
    expect(valuesOf({ started_at: '2026-11-25T07:59:00Z', ...thread })).toEqual({
      'uptime.seconds': 60,
      'slots.limit': 5,
      'requests.in_flight': 4,
      backlog: 2,
      threads_spawned: 4,
      'requests.per_minute': 40,
    })
  })

  test('of a cluster: all its processes together, and how many there are', () => {
    const worker = (index: number): object => ({ index, pid: 100 + index, phase: 0, booted: true, last_status: thread })
    const cluster = { started_at: '2026-11-25T07:59:00Z', workers: 2, phase: 0, booted_workers: 2, old_workers: 0 }
    expect(valuesOf({ ...cluster, worker_status: [worker(0), worker(1)] })).toMatchObject({
      'slots.limit': 10,
      'requests.in_flight': 8,
      'processes.active': 2,
      backlog: 4,
    })
  })
})

test('Terminus of Nest tells each of its checks twice, and is read once', () => {
  const [up, down] = [{ status: 'up' }, { status: 'down', message: 'timeout of 1000ms exceeded' }]
  const well = { status: 'ok', info: { database: up, storage: up }, error: {}, details: { database: up, storage: up } }
  const ill = {
    status: 'error',
    info: { storage: up },
    error: { database: down },
    details: { database: down, storage: up },
  }
  const names = ['checks.unsaid', 'details.database.status', 'details.storage.status', 'healthy']
  expect(Object.keys(valuesOf(well)).toSorted()).toEqual(names)
  expect(valuesOf(ill)).toMatchObject({ healthy: 0, 'details.database.status': 0, 'details.storage.status': 1 })
  expect(Object.keys(valuesOf(ill)).toSorted()).toEqual(names)
})
