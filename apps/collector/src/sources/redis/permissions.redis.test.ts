import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { codeIn } from '../testing/document.ts'
import { valuesOf } from '../testing/values.ts'
import type { RedisOptions } from './schema.ts'
import { openSource, poll, startRedis, type TestRedis } from './testing/redis-server.ts'
import type { Command } from './wire/resp.ts'

/** The rights that docs/sources/redis.md says are enough, given to a user of a real server. */
let server: TestRedis
beforeEach(async () => {
  server = await startRedis()
  await server.ask(
    ['SADD', 'rq:queues', 'rq:queue:mail'],
    ['RPUSH', 'rq:queue:mail', 'a'],
    ['HSET', 'rq:job:a', 'enqueued_at', '2026-01-01T00:00:00Z'],
    ['SADD', 'rq:workers', 'rq:worker:w'],
    ['HSET', 'rq:worker:w', 'birth', '2026-01-01T00:00:00Z', 'state', 'busy'],
    ['ZADD', 'rq:wip:mail', '+inf', 'b'],
    ['HSET', 'rq:job:b', 'started_at', '2026-01-01T00:00:00Z'],
    ['ZADD', 'rq:failed:mail', 1, 'c'],
    ['ZADD', 'rq:finished:mail', 1, 'd'],
    ['SADD', '_kombu.binding.celery', 'celery\u0006\u0016\u0006\u0016celery'],
    ['LPUSH', 'celery\u0006\u00163', '{}'],
    ['HSET', 'bull:shop:meta', 'x', 1],
    ['LPUSH', 'bull:shop:wait', '1'],
    ['LPUSH', 'bull:shop:active', '2'],
    ['HSET', 'bull:shop:1', 'timestamp', 1],
    ['HSET', 'bull:shop:2', 'processedOn', 1],
  )
})
afterEach(() => server[Symbol.asyncDispose]())

async function looksAs(line: string, queues: RedisOptions['queues']): Promise<Record<string, number>> {
  const [name, ...words] = line.trim().replace('>PASSWORD', '>pw').split(' ')
  const command: Command = [name ?? '', ...words]
  expect(await server.ask(command)).toEqual(['OK'])
  const source = openSource({ url: `redis://headroom:pw@127.0.0.1:${server.port}/0`, queues })
  onTestFinished(() => source[Symbol.asyncDispose]())
  for (let look = 0; look < 8; look++) {
    expect((await poll(source)).error).toBeUndefined()
    // A new connection finds out anew what it may do.
    if (look === 4) await server.ask(['CLIENT', 'KILL', 'USER', 'headroom'])
  }
  const reading = await poll(source)
  const denied = (await server.ask(['ACL', 'LOG']))[0]
  return { ...valuesOf(reading), denied: Array.isArray(denied) ? denied.length : -1 }
}

test('for the server alone', async () => {
  const [alone = ''] = await codeIn('redis.md', 'redis')
  expect(await looksAs(alone, 'none')).toMatchObject({ 'redis.clients.limit': 10_000, denied: 0 })
})

test('for RQ', async () => {
  const [, rq = ''] = await codeIn('redis.md', 'redis')
  const found = await looksAs(rq, 'rq')
  expect(found).toMatchObject({ 'queue.length{queue="mail"}': 1, 'jobs.running': 1, 'workers.busy': 1 })
  expect(found['queue.oldest_seconds{queue="mail"}']).toBeGreaterThan(0)
  expect(found['jobs.longest_seconds']).toBeGreaterThan(1_000)
})

test('for BullMQ and Celery, and RQ beside them', async () => {
  const [, , all = ''] = await codeIn('redis.md', 'redis')
  const found = await looksAs(all, 'auto')
  expect(found).toMatchObject({
    'queue.length{queue="mail"}': 1,
    'queue.length{queue="celery"}': 1,
    'queue.length{queue="shop"}': 1,
    'jobs.running': 2,
  })
})
