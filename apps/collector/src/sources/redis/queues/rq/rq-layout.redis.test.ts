import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { FakeClock } from '../../../../lib/fake-clock.ts'
import { until } from '../../../testing/until.ts'
import { valuesOf } from '../../../testing/values.ts'
import type { PollSource } from '../../../types.ts'
import { openSource, poll, startRedis, type TestRedis } from '../../testing/redis-server.ts'
import { encodeCommands, type Command } from '../../wire/resp.ts'

/**
 * The keys of RQ 2, written as its public code writes them (rq/executions.py, registry.py, job.py, worker/base.py), for the
 * version that the operating system has is RQ 1. And what neither does every day.
 */
let server: TestRedis
beforeEach(async () => {
  server = await startRedis()
})
afterEach(() => server[Symbol.asyncDispose]())

const NOW = Date.UTC(2026, 10, 25, 9, 0, 0)
const iso = (secondsAgo: number): string => new Date(NOW - secondsAgo * 1_000).toISOString().replace('Z', '789Z')
const epoch = (secondsFromNow: number): number => NOW / 1_000 + secondsFromNow

function source(clock = new FakeClock(NOW)): PollSource {
  const opened = openSource({ url: server.url, queues: 'rq', clock })
  onTestFinished(() => opened[Symbol.asyncDispose]())
  return opened
}

const queue = (name: string, ...jobs: string[]): Command[] => [
  ['SADD', 'rq:queues', `rq:queue:${name}`],
  ...(jobs.length === 0 ? [] : [['RPUSH', `rq:queue:${name}`, ...jobs] as const]),
]
const job = (id: string, fields: Record<string, string>): Command => [
  'HSET',
  `rq:job:${id}`,
  ...Object.entries(fields).flat(),
]
const worker = (name: string, fields: Record<string, string>): Command[] => [
  ['SADD', 'rq:workers', `rq:worker:${name}`],
  ['HSET', `rq:worker:${name}`, 'birth', iso(600), 'last_heartbeat', iso(5), ...Object.entries(fields).flat()],
]

/** A client of this name, as a worker is one. */
async function connection(name: string): Promise<{ close(): Promise<void> }> {
  const socket = connect(server.port, '127.0.0.1').on('error', () => undefined)
  onTestFinished(() => void socket.destroy())
  socket.write(encodeCommands([['CLIENT', 'SETNAME', name]]))
  await new Promise((resolve) => socket.once('data', resolve))
  const listed = async (): Promise<boolean> =>
    JSON.stringify(await server.ask(['CLIENT', 'LIST'])).includes(`name=${name} `)
  return {
    async close() {
      socket.destroy()
      await until(listed, (is) => !is)
    },
  }
}

describe('RQ 2', () => {
  test('names executions in its registry of started jobs, whose hash says since when', async () => {
    await server.ask(
      ...queue('captions', 'waits-1', 'waits-2'),
      job('waits-1', { status: 'queued', enqueued_at: iso(42), created_at: iso(50) }),
      job('waits-2', { status: 'queued', enqueued_at: iso(10) }),
      job('runs', { status: 'started', started_at: iso(400) }),
      ['ZADD', 'rq:wip:captions', epoch(60), 'runs:1f0c9e'],
      [
        'HSET',
        'rq:execution:runs:1f0c9e',
        'id',
        '1f0c9e',
        'created_at',
        String(epoch(-125.25)),
        'last_heartbeat',
        String(epoch(-5)),
      ],
      ['ZADD', 'rq:wip:captions', epoch(-30), 'abandoned:77aa01'],
      ...worker('one', { state: 'busy', queues: 'captions', successful_job_count: '7' }),
      ...worker('two', { state: 'idle', queues: 'captions' }),
    )
    expect(valuesOf(await poll(source()))).toMatchObject({
      'queue.length{queue="captions"}': 2,
      'queue.oldest_seconds{queue="captions"}': 42,
      'jobs.running': 1,
      // Of the execution, not of the first try of the job; the heartbeat of the abandoned one ran out.
      'jobs.longest_seconds': 125.25,
      'workers.total': 2,
      'workers.busy': 1,
      'workers.dead': 0,
    })
  })

  test('counts its finished jobs with its workers, where results are not kept', async () => {
    await server.ask(...queue('captions'), ...worker('one', { state: 'idle', successful_job_count: '7' }))
    const opened = source()
    expect(valuesOf(await poll(opened))['jobs.finished_per_minute']).toBe(0)
    await server.ask(['HSET', 'rq:worker:one', 'successful_job_count', '12'])
    expect(valuesOf(await poll(opened))['jobs.finished_per_minute']).toBe(5)
    // Born again under the same name it counts from nought; another comes and brings its count along.
    await server.ask(
      ['HSET', 'rq:worker:one', 'birth', iso(1), 'successful_job_count', '2'],
      ...worker('two', { state: 'idle', successful_job_count: '1' }),
    )
    expect(valuesOf(await poll(opened))['jobs.finished_per_minute']).toBe(8)
    // One that ends takes its count along, and nothing is counted down.
    await server.ask(['DEL', 'rq:worker:one'], ['SREM', 'rq:workers', 'rq:worker:one'])
    expect(valuesOf(await poll(opened))['jobs.finished_per_minute']).toBe(8)
  })

  test('gives the median time of the jobs of the last five minutes', async () => {
    const ended = (id: string, agoSeconds: number, tookSeconds: number): Command[] => [
      job(id, { status: 'finished', started_at: iso(agoSeconds + tookSeconds), ended_at: iso(agoSeconds) }),
      ['ZADD', 'rq:finished:captions', epoch(500 - agoSeconds), id],
    ]
    await server.ask(
      ...queue('captions'),
      ...ended('a', 10, 3),
      ...ended('b', 20, 5),
      ...ended('c', 30, 100),
      ...ended('old', 400, 9_000),
    )
    expect(valuesOf(await poll(source()))['jobs.duration_p50_seconds']).toBeCloseTo(5, 3)
    const later = new FakeClock(NOW + 10 * 60_000)
    expect(Object.keys(valuesOf(await poll(source(later))))).not.toContain('jobs.duration_p50_seconds')
  })

  test('counts failed jobs from one look to the next', async () => {
    const YEAR = 31_536_000
    await server.ask(...queue('captions'), ['ZADD', 'rq:failed:captions', epoch(YEAR - 100), 'old'])
    const opened = source()
    expect(valuesOf(await poll(opened))['jobs.failed_per_minute']).toBe(0)
    await server.ask(['ZADD', 'rq:failed:captions', epoch(YEAR), 'x', epoch(YEAR), 'y'])
    expect(valuesOf(await poll(opened))['jobs.failed_per_minute']).toBe(2)
  })
})

describe('a worker whose connection is gone', () => {
  const counts = async (of: PollSource): Promise<unknown> => {
    const found = valuesOf(await poll(of))
    return [found['workers.total'], found['workers.dead']]
  }
  const beat = (name: string, secondsAgo: number): Command => [
    'HSET',
    `rq:worker:${name}`,
    'last_heartbeat',
    iso(secondsAgo),
  ]

  test.each(['all rights', 'each hash by itself'])('is dead, even if it beat just before (%s)', async (rights) => {
    if (rights !== 'all rights') await server.ask(['ACL', 'SETUSER', 'default', '-sort_ro'])
    await server.ask(...worker('busy', { state: 'busy' }), ...worker('idle', { state: 'idle' }))
    const connected = [await connection('busy'), await connection('idle')]
    const opened = source()
    expect(await counts(opened)).toEqual([2, 0])
    await server.ask(beat('busy', 1))
    await Promise.all(connected.map((one) => one.close()))
    expect(await counts(opened)).toEqual([0, 2])
    expect(await counts(opened)).toEqual([0, 2])
  })

  test('and who beats again lives, over another that bears no name', async () => {
    await server.ask(...worker('busy', { state: 'busy' }), ...worker('idle', { state: 'idle' }))
    const connected = [await connection('busy'), await connection('idle')]
    const opened = source()
    await counts(opened)
    await Promise.all(connected.map((one) => one.close()))
    // An idle one beats when it connects anew, and else every seven minutes.
    await server.ask(beat('idle', 1))
    expect(await counts(opened)).toEqual([1, 1])
    await server.ask(beat('busy', 0))
    expect(await counts(opened)).toEqual([2, 0])
    expect(await counts(opened)).toEqual([2, 0])
  })

  test('with ours, as when Redis starts again, is nothing to go by', async () => {
    await server.ask(...worker('one', { state: 'idle' }))
    const connected = await connection('one')
    const opened = source()
    await counts(opened)
    await connected.close()
    await server.ask(['CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes'])
    expect(await counts(opened)).toEqual([1, 0])
  })
})

describe('what happens to queues', () => {
  test('a job that was deleted waits for nothing, and one put in front does not hide an older one', async () => {
    await server.ask(
      ...queue('captions', 'deleted', 'in-front', 'older'),
      job('in-front', { enqueued_at: iso(3) }),
      job('older', { created_at: iso(77) }),
    )
    expect(valuesOf(await poll(source()))['queue.oldest_seconds{queue="captions"}']).toBeCloseTo(77, 2)
    await server.ask(['DEL', 'rq:job:in-front', 'rq:job:older'])
    expect(Object.keys(valuesOf(await poll(source())))).not.toContain('queue.oldest_seconds{queue="captions"}')
  })

  test('intermediate lists are no queues, and a new queue is found after a while', async () => {
    await server.ask(...queue('captions'), ['RPUSH', 'rq:queue:captions:intermediate', 'x'])
    const opened = source()
    const names = async (): Promise<string[]> =>
      Object.keys(valuesOf(await poll(opened))).filter((name) => name.startsWith('queue.length'))
    expect(await names()).toEqual(['queue.length{queue="captions"}'])
    await server.ask(...queue('late'))
    for (let look = 0; look < 6; look++) await names()
    expect(await names()).toContain('queue.length{queue="late"}')
  })

  test('hashes with pickled fields are never read whole', async () => {
    await server.ask(...queue('captions', 'a'), [
      'HSET',
      'rq:job:a',
      'data',
      '\u0000\u0001binary',
      'enqueued_at',
      iso(4),
    ])
    await server.ask(['CONFIG', 'RESETSTAT'])
    await poll(source())
    const { calls } = await server.cost()
    expect([...calls.keys()].filter((name) => /getall|smembers|^get$|^lrange$/.test(name))).toEqual([])
  })

  test('a queue of that name with other data in it is told as what it is', async () => {
    await server.ask(['SET', 'rq:queues', 'text'])
    expect(await poll(source())).toMatchObject({
      up: 1,
      error: { code: 'refused_command', message: expect.stringContaining('WRONGTYPE') as string },
    })
  })
})
