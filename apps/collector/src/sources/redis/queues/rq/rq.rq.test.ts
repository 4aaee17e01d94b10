import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { systemClock, type Clock } from '../../../../lib/clock.ts'
import { until } from '../../../testing/until.ts'
import { valuesOf } from '../../../testing/values.ts'
import type { PollSource } from '../../../types.ts'
import { openSource, poll, startRedis, type TestRedis } from '../../testing/redis-server.ts'
import { enqueue, startWorker } from '../../testing/rq.ts'

/** Real workers of the RQ that is installed, against a real Redis: each test has its own. */
let server: TestRedis
beforeEach(async () => {
  server = await startRedis()
})
afterEach(() => server[Symbol.asyncDispose]())

function source(given: Partial<Parameters<typeof openSource>[0]> = {}): PollSource {
  const opened = openSource({ url: server.url, ...given })
  onTestFinished(() => opened[Symbol.asyncDispose]())
  return opened
}

async function worker(name: string, ...queues: string[]): ReturnType<typeof startWorker> {
  const started = await startWorker(server, name, queues)
  onTestFinished(() => started[Symbol.asyncDispose]())
  return started
}

/** The values of one look after the other, until they are so. */
function values(of: PollSource, isSo: (found: Record<string, number>) => boolean): Promise<Record<string, number>> {
  return until(async () => valuesOf(await poll(of)), isSo)
}

describe('RQ', () => {
  test('10,000 jobs wait, and no worker is there', async () => {
    const began = Date.now()
    await enqueue(server, 'bulk', 'quick', 10_000)
    const later: Clock = { ...systemClock, now: () => Date.now() + 90_000 }
    const reading = await poll(source({ clock: later }))
    expect(reading.error).toBeUndefined()
    expect(valuesOf(reading)).toMatchObject({
      'queue.length{queue="bulk"}': 10_000,
      'workers.total': 0,
      'workers.busy': 0,
      'jobs.running': 0,
      'jobs.longest_seconds': 0,
    })
    const oldest = valuesOf(reading)['queue.oldest_seconds{queue="bulk"}'] ?? 0
    expect(oldest).toBeGreaterThan(89)
    expect(oldest).toBeLessThan(91 + (Date.now() - began) / 1_000)
    expect(reading.texts).toContainEqual({ path: 'queues', lines: ['RQ: bulk'] })
  })

  test('an idle worker, a busy one, and how long its job runs', async () => {
    const opened = source()
    await worker('idle-1', 'nothing')
    expect(await values(opened, (found) => found['workers.total'] === 1)).toMatchObject({
      'workers.busy': 0,
      'workers.dead': 0,
    })
    const began = Date.now()
    await enqueue(server, 'long', 'slow', 1, 60)
    await worker('busy-1', 'long')
    const busy = await values(opened, (found) => found['workers.busy'] === 1 && found['jobs.running'] === 1)
    expect(busy).toMatchObject({ 'workers.total': 2, 'workers.dead': 0 })
    const later = source({ clock: { ...systemClock, now: () => Date.now() + 30_000 } })
    const longest = valuesOf(await poll(later))['jobs.longest_seconds'] ?? 0
    expect(longest).toBeGreaterThan(29)
    expect(longest).toBeLessThan(31 + (Date.now() - began) / 1_000)
  })

  test('finished and failed jobs are counted as they end, and how long they took', async () => {
    const opened = source()
    await poll(opened)
    const began = Date.now()
    await enqueue(server, 'mixed', 'quick', 5, 0.2)
    await enqueue(server, 'mixed', 'fail', 2)
    await worker('mixer', 'mixed')
    const found = await values(
      opened,
      (now) => now['jobs.finished_per_minute'] === 5 && now['jobs.failed_per_minute'] === 2,
    )
    expect(found['jobs.duration_p50_seconds']).toBeGreaterThan(0.19)
    expect(found['jobs.duration_p50_seconds']).toBeLessThan((Date.now() - began) / 1_000)
    expect(found['queue.length{queue="mixed"}']).toBe(0)
    expect(found['queue.oldest_seconds{queue="mixed"}']).toBe(0)
    await enqueue(server, 'mixed', 'fail', 1)
    const more = await values(opened, (now) => now['jobs.failed_per_minute'] === 3)
    expect(more['jobs.finished_per_minute']).toBe(5)
  })

  test('a worker that is killed is dead with the next look, idle or busy; one that ends as it should is gone', async () => {
    const opened = source()
    const idle = await worker('idle-2', 'nothing')
    const polite = await worker('polite', 'nothing')
    await enqueue(server, 'doomed', 'slow', 1, 60)
    const busy = await worker('busy-2', 'doomed')
    // The idle ones wait in Redis: they have beaten, and will not again for minutes.
    await values(
      opened,
      (found) => found['workers.total'] === 3 && found['workers.busy'] === 1 && found['redis.blocked_clients'] === 2,
    )
    await Promise.all([idle.end('SIGKILL'), busy.end('SIGKILL'), polite.end('SIGTERM')])
    const found = await values(opened, (now) => now['workers.total'] === 0)
    expect(found).toMatchObject({ 'workers.dead': 2, 'workers.busy': 0 })
  })

  test('a worker whose key has run out is dead, though nobody saw it connected', async () => {
    const lost = await worker('lost', 'nothing')
    await lost.end('SIGKILL')
    await server.ask(['PEXPIRE', 'rq:worker:lost', 1])
    const found = await values(source(), (now) => now['workers.dead'] === 1)
    expect(found['workers.total']).toBe(0)
  })

  test('with the least rights says the same', async () => {
    await server.ask([
      'ACL',
      'SETUSER',
      'watcher',
      'on',
      '>pw',
      '%R~rq:*',
      '-@all',
      ...'ping info client|list client|setname sscan scan llen lrange hmget zrange zrevrange zrangebyscore zrevrangebyscore zcard'
        .split(' ')
        .map((name) => `+${name}`),
    ])
    const began = Date.now()
    await enqueue(server, 'narrow', 'slow', 1, 60)
    await enqueue(server, 'narrow', 'quick', 3)
    await worker('narrow-1', 'narrow')
    const all = source()
    const least = source({ username: 'watcher', password: 'pw', queues: 'rq' })
    const isSo = (found: Record<string, number>): boolean =>
      found['workers.busy'] === 1 && found['jobs.running'] === 1 && found['queue.length{queue="narrow"}'] === 3
    const [wide, narrow] = [await values(all, isSo), await values(least, isSo)]
    expect((await poll(least)).error).toBeUndefined()
    for (const metric of ['workers.total', 'queue.length{queue="narrow"}'])
      expect([metric, narrow[metric]]).toEqual([metric, wide[metric]])
    const oldest = [wide, narrow].map((found) => found['queue.oldest_seconds{queue="narrow"}'] ?? 0)
    // The same job is a little older in the second look.
    expect(oldest.toSorted((x, y) => x - y)).toEqual(oldest)
    expect(oldest[1]).toBeLessThan((Date.now() - began) / 1_000)
  })

  test('no look sends more than 20 commands, with 30 queues, workers and jobs', async () => {
    await enqueue(server, 'bulk', 'quick', 1_000)
    await worker('w-1', 'none')
    await worker('w-2', 'none')
    const names = Array.from({ length: 30 }, (_, index) => `q${index}`)
    await server.ask(...names.map((name) => ['SADD', 'rq:queues', `rq:queue:${name}`] as const))
    await server.ask(...names.map((name) => ['RPUSH', `rq:queue:${name}`, 'job'] as const))
    const quiet = await startRedis('--replicaof', '127.0.0.1', String(server.port))
    onTestFinished(() => quiet[Symbol.asyncDispose]())
    await until(
      async () => (await quiet.ask(['LLEN', 'rq:queue:bulk']))[0],
      (length) => length === 1_000,
    )
    const opened = source({ url: quiet.url })
    const lengths = new Set<string>()
    for (let look = 0; look < 12; look++) {
      await quiet.ask(['CONFIG', 'RESETSTAT'])
      const reading = await poll(opened)
      const { calls } = await quiet.cost()
      const sent = [...calls].filter(([name]) => !['info', 'config|resetstat', 'ping', 'replconf'].includes(name))
      const count = sent.reduce((sum, [, times]) => sum + times, 0)
      // INFO and PING come from the test and the primary as well; of ours there is one each.
      expect(count + 2).toBeLessThanOrEqual(20)
      for (const name of Object.keys(valuesOf(reading))) if (name.startsWith('queue.length')) lengths.add(name)
    }
    expect(names.every((name) => lengths.has(`queue.length{queue="${name}"}`))).toBe(true)
  })
})
