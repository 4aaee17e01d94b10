import { Queue, Worker } from 'bullmq'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../../../../lib/clock.ts'
import { until } from '../../../testing/until.ts'
import { valuesOf } from '../../../testing/values.ts'
import type { PollSource } from '../../../types.ts'
import { openSource, poll, startRedis, type TestRedis } from '../../testing/redis-server.ts'

/** Real BullMQ queues and workers, against a real Redis. */
let server: TestRedis
beforeEach(async () => {
  server = await startRedis()
})
afterEach(() => server[Symbol.asyncDispose]())

const connection = (): { host: string; port: number; maxRetriesPerRequest: null } => ({
  host: '127.0.0.1',
  port: server.port,
  maxRetriesPerRequest: null,
})

function queue(name: string, options: { prefix?: string; removeOnComplete?: boolean } = {}): Queue {
  const { prefix, removeOnComplete = false } = options
  const opened = new Queue(name, {
    connection: connection(),
    defaultJobOptions: { removeOnComplete },
    ...(prefix === undefined ? {} : { prefix }),
  })
  onTestFinished(() => opened.close())
  return opened
}

/** A worker for so many jobs at once. Each job runs until `release`, or fails when its name says so. */
async function worker(name: string, concurrency = 1): Promise<{ release(): void }> {
  const gate = Promise.withResolvers<void>()
  const started = new Worker(
    name,
    async (job) => {
      if (job.name === 'fail') throw new Error('as it was meant to')
      if (job.name === 'held') await gate.promise
    },
    { connection: connection(), concurrency },
  )
  started.on('error', () => undefined)
  await started.waitUntilReady()
  onTestFinished(async () => {
    gate.resolve()
    await started.close(true)
  })
  return { release: () => gate.resolve() }
}

function source(given: Partial<Parameters<typeof openSource>[0]> = {}): PollSource {
  const opened = openSource({ url: server.url, ...given })
  onTestFinished(() => opened[Symbol.asyncDispose]())
  return opened
}

function values(of: PollSource, isSo: (found: Record<string, number>) => boolean): Promise<Record<string, number>> {
  return until(async () => valuesOf(await poll(of)), isSo)
}

const later = (ms: number): { clock: typeof systemClock } => ({ clock: { ...systemClock, now: () => Date.now() + ms } })

describe('BullMQ', () => {
  test('is found by itself: what waits, with and without a priority, and since when', async () => {
    const began = Date.now()
    const mail = queue('mail')
    await mail.addBulk(Array.from({ length: 20 }, () => ({ name: 'send', data: {} })))
    await mail.add('urgent', {}, { priority: 2 })
    await mail.add('tomorrow', {}, { delay: 86_400_000 })
    const reading = await poll(source(later(60_000)))
    expect(reading.error).toBeUndefined()
    const found = valuesOf(reading)
    expect(found).toMatchObject({
      'queue.length{queue="mail"}': 21,
      'jobs.running': 0,
      'jobs.longest_seconds': 0,
      'workers.total': 0,
    })
    expect(found['queue.oldest_seconds{queue="mail"}']).toBeGreaterThan(59)
    expect(found['queue.oldest_seconds{queue="mail"}']).toBeLessThan(61 + (Date.now() - began) / 1_000)
    expect(reading.texts).toContainEqual({ path: 'queues', lines: ['BullMQ: mail'] })
  })

  test('its running jobs and workers, what completed and what failed', async () => {
    const mail = queue('mail')
    const opened = source()
    await mail.add('held', {})
    await mail.add('held', {})
    await mail.pause()
    await poll(opened)
    await mail.resume()
    const { release } = await worker('mail', 2)
    const busy = await values(opened, (found) => found['jobs.running'] === 2)
    expect(busy).toMatchObject({ 'workers.total': 1, 'queue.length{queue="mail"}': 0, 'jobs.finished_per_minute': 0 })
    expect(valuesOf(await poll(source(later(30_000))))['jobs.longest_seconds']).toBeGreaterThan(29)
    await mail.add('fail', {}, { attempts: 2 })
    release()
    const done = await values(
      opened,
      (found) => found['jobs.finished_per_minute'] === 2 && found['jobs.failed_per_minute'] === 1,
    )
    // A try that is followed by another is no failure.
    expect(done).toMatchObject({ 'jobs.running': 0, 'queue.oldest_seconds{queue="mail"}': 0 })
    expect(done['jobs.duration_p50_seconds']).toBeGreaterThan(0)
  })

  test('a job tried again waits since its last try, not since it was added', async () => {
    await server.ask(
      ['HSET', 'bull:mail:meta', 'opts.maxLenEvents', 10_000],
      ['RPUSH', 'bull:mail:wait', '7'],
      ['HSET', 'bull:mail:7', 'timestamp', Date.now() - 600_000, 'delay', 0, 'processedOn', Date.now() - 20_000],
    )
    const oldest = valuesOf(await poll(source()))['queue.oldest_seconds{queue="mail"}']
    expect(oldest).toBeGreaterThan(19)
    expect(oldest).toBeLessThan(60)
  })

  test('of its forerunner Bull 4 is found as well, paused or not', async () => {
    // As Bull 4.16 leaves them: no `meta` but of what was paused once, whose jobs lie in a list of their own.
    await server.ask(
      ['SET', 'bull:video:id', 3],
      ['RPUSH', 'bull:video:wait', '3', '2'],
      ['RPUSH', 'bull:video:active', '1'],
      ...[1, 2, 3].map((id) => ['HSET', `bull:video:${id}`, 'timestamp', Date.now() - 50_000, 'delay', 0] as const),
      ['HSET', 'bull:video:1', 'processedOn', Date.now() - 40_000],
      ['SET', 'bull:audio:id', 1],
      ['SET', 'bull:audio:meta-paused', 1],
      ['RPUSH', 'bull:audio:paused', '1'],
      ['HSET', 'bull:audio:1', 'timestamp', Date.now() - 90_000, 'delay', 0],
      ['SET', 'bull:audio:1:media', 'a key of the application'],
    )
    const opened = source()
    const reading = await poll(opened)
    expect(reading.texts).toContainEqual({
      path: 'queues',
      lines: [expect.stringContaining('BullMQ: audio, video') as string],
    })
    const found = await values(opened, (all) => 'queue.oldest_seconds{queue="audio"}' in all)
    expect(found).toMatchObject({
      'queue.length{queue="video"}': 2,
      'queue.length{queue="audio"}': 1,
      'jobs.running': 1,
    })
    expect(found['queue.oldest_seconds{queue="video"}']).toBeGreaterThan(49)
    expect(found['queue.oldest_seconds{queue="audio"}']).toBeGreaterThan(89)
    expect(found['jobs.longest_seconds']).toBeGreaterThan(39)
  })

  test('among many other keys are looked for step by step, which is said meanwhile', async () => {
    for (let batch = 0; batch < 20; batch++)
      await server.ask([
        'MSET',
        ...Array.from({ length: 1_000 }, (_, index) => [`session:${batch}:${index}`, 1]).flat(),
      ])
    const opened = source()
    const said = async (): Promise<string> => JSON.stringify((await poll(opened)).texts)
    expect(await said()).toContain('still looking among all keys for queues of Celery and BullMQ')
    // Only now: Redis gives its keys in an order of its own, and might have given this one at once.
    await queue('mail').add('send', {})
    await until(said, (text) => !text.includes('still looking') && text.includes('BullMQ: mail'))
    // Whoever names them need not wait.
    const named = await poll(source({ queues: 'bullmq', names: ['mail'] }))
    expect(valuesOf(named)).toMatchObject({ 'queue.length{queue="mail"}': 1 })
  })

  test('are all named in the first look, though not each has had its turn', async () => {
    for (let index = 0; index < 9; index++) await server.ask(['HSET', `bull:q${index}:meta`, 'paused', 0])
    const reading = await poll(source())
    const line = reading.texts.find(({ path }) => path === 'queues')?.lines[0]
    expect(line).toMatch(/^BullMQ: q0, q1, q2, q3, q4, q5, q6, q7, q8 \(\d of them have their turn in a later look\)$/)
  })

  test('says nothing of how many completed where they are removed as they do', async () => {
    const mail = queue('mail', { removeOnComplete: true })
    const opened = source()
    await mail.add('held', {})
    const { release } = await worker('mail')
    await values(opened, (found) => found['jobs.running'] === 1)
    release()
    const done = await values(opened, (found) => found['jobs.running'] === 0)
    expect(Object.keys(done)).not.toContain('jobs.finished_per_minute')
    expect(done['jobs.failed_per_minute']).toBe(0)
  })

  test('under a prefix, by the names that are given, and with the least rights', async () => {
    const mail = queue('mail', { prefix: '{shop}' })
    await mail.add('send', {})
    const rights =
      'ping info client|list client|setname scan llen lrange zcard zrange zrevrange zrevrangebyscore hmget'.split(' ')
    await server.ask([
      'ACL',
      'SETUSER',
      'watcher',
      'on',
      '>pw',
      '%R~{shop}:*',
      '-@all',
      ...rights.map((name) => `+${name}`),
    ])
    const options = { queues: 'bullmq' as const, prefix: '{shop}', username: 'watcher', password: 'pw' }
    for (const names of [['mail'], []]) {
      const reading = await poll(source({ ...options, names, ...later(5_000) }))
      expect(reading.error).toBeUndefined()
      const found = valuesOf(reading)
      expect(found['queue.length{queue="mail"}']).toBe(1)
      expect(found['queue.oldest_seconds{queue="mail"}']).toBeGreaterThan(4)
    }
  })

  test('beside RQ and Celery in one Redis: each is found, and the totals are those of all', async () => {
    await queue('mail').add('send', {})
    await server.ask(
      ['SADD', 'rq:queues', 'rq:queue:mail', 'rq:queue:captions'],
      ['RPUSH', 'rq:queue:mail', 'a', 'b'],
      ['SADD', '_kombu.binding.celery', 'celery\u0006\u0016\u0006\u0016celery'],
      ['LPUSH', 'celery', '{}', '{}', '{}'],
    )
    const opened = source()
    const found = await values(
      opened,
      (now) => Object.keys(now).filter((name) => name.startsWith('queue.length')).length === 4,
    )
    expect(found).toMatchObject({
      'queue.length{queue="mail"}': 2,
      'queue.length{queue="BullMQ mail"}': 1,
      'queue.length{queue="captions"}': 0,
      'queue.length{queue="celery"}': 3,
    })
    for (let look = 0; look < 5; look++) {
      await server.ask(['CONFIG', 'RESETSTAT'])
      await poll(opened)
      const { calls } = await server.cost()
      expect([...calls.values()].reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(20 + 2)
    }
  })
})
