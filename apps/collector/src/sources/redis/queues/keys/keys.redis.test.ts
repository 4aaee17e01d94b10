import { describe, expect, onTestFinished, test } from 'vitest'
import { valuesOf } from '../../../testing/values.ts'
import type { PollSource } from '../../../types.ts'
import { redis } from '../../redis.ts'
import { openSource, poll, startRedis, type TestRedis } from '../../testing/redis-server.ts'

async function server(): Promise<TestRedis> {
  const started = await startRedis()
  onTestFinished(() => started[Symbol.asyncDispose]())
  return started
}

function source(given: Parameters<typeof openSource>[0]): PollSource {
  const opened = openSource(given)
  onTestFinished(() => opened[Symbol.asyncDispose]())
  return opened
}

const queuesOf = async (opened: PollSource): Promise<string[]> =>
  (await poll(opened)).texts.filter(({ path }) => path === 'queues').flatMap(({ lines }) => lines)

describe('queues of a system that nobody here knows', () => {
  test('are said to be unknown, and how to count them, where there are keys', async () => {
    const { url, ask } = await server()
    const opened = source({ url })
    expect(await queuesOf(opened), 'an empty server says nothing').toEqual([])
    await ask(['RPUSH', 'queue:mailers', 'a job of Sidekiq'])
    expect(await queuesOf(opened)).toEqual([expect.stringContaining('no queue of RQ, Celery or BullMQ')])
    expect(await queuesOf(source({ url: `${url}/1` })), 'that database has no key').toEqual([])
    expect(await queuesOf(source({ url, queues: 'none' })), 'nobody asked').toEqual([])
  })

  test('are counted by their keys, whatever the type; one that is not there has nothing waiting', async () => {
    const { url, ask } = await server()
    await ask(
      ['RPUSH', 'queue:mailers', 'a', 'b', 'c'],
      ['ZADD', 'arq:queue', 1, 'a', 2, 'b'],
      ['SADD', 'ids', 'a'],
      ['HSET', 'dramatiq:default.msgs', 'a', '1', 'b', '2'],
      ['XADD', 'events', '*', 'field', 'value'],
    )
    const names = ['queue:mailers', 'arq:queue', 'ids', 'dramatiq:default.msgs', 'events', 'queue:later']
    const opened = source({ url, queues: 'keys', names })
    const reading = await poll(opened)
    expect(reading.error).toBeUndefined()
    expect(valuesOf(reading)).toMatchObject({
      'queue.length{queue="queue:mailers"}': 3,
      'queue.length{queue="arq:queue"}': 2,
      'queue.length{queue="ids"}': 1,
      'queue.length{queue="dramatiq:default.msgs"}': 2,
      'queue.length{queue="events"}': 1,
      'queue.length{queue="queue:later"}': 0,
    })
    await ask(['DEL', 'queue:mailers'])
    expect(valuesOf(await poll(opened))).toMatchObject({ 'queue.length{queue="queue:mailers"}': 0 })
  })

  test('that cannot be counted are named, and the others are counted all the same', async () => {
    const { url, ask } = await server()
    await ask(['SET', 'jobs:id', 7], ['RPUSH', 'jobs', 'a'])
    const reading = await poll(source({ url, queues: 'keys', names: ['jobs:id', 'jobs'] }))
    expect(reading).toMatchObject({ up: 1, error: { code: 'no_queue', message: expect.stringContaining('jobs:id') } })
    expect(valuesOf(reading)).toMatchObject({ 'queue.length{queue="jobs"}': 1 })
  })

  test('need their keys', () => {
    const { success, error } = redis.schema.safeParse({ url: 'redis://127.0.0.1', queues: 'keys' })
    expect(success).toBe(false)
    expect(error?.issues).toMatchObject([{ path: ['names'], message: expect.stringContaining('is needed') }])
  })
})
