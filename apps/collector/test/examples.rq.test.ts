import { expect, it } from 'vitest'
import { startRedis } from '../src/sources/redis/testing/redis-server.ts'
import { enqueue, startWorker } from '../src/sources/redis/testing/rq.ts'
import { checkExample } from './support/examples.ts'

it('webui-and-rq-on-openshift.yaml: Redis and its RQ queues, in a real server with a real worker', async () => {
  await using server = await startRedis()
  await using _worker = await startWorker(server, 'w1', ['default'])
  await enqueue(server, 'late', 'quick', 3)
  // From now on whoever connects needs it, as in the example.
  await server.ask(['CONFIG', 'SET', 'requirepass', 'secret-of-redis'])
  const checked = await checkExample('webui-and-rq-on-openshift.yaml', {
    variables: { DATABASE_PASSWORD: 'secret', REDIS_PASSWORD: 'secret-of-redis' },
    only: ['redis'],
    change: (_, source) => source.set('url', `${server.url}/0`),
  })
  expect([checked.code, checked.err, checked.text]).toEqual([0, '', expect.stringContaining('1 source, 0 failing')])
  const mapped = checked.json.systems.flatMap(({ sources }) => sources.flatMap((source) => source.mapped))
  for (const expected of [
    { metric: 'queue.length', value: 3 },
    { metric: 'workers.total', value: 1 },
    { metric: 'redis.pool.size', value: 200 },
  ])
    expect(mapped).toContainEqual(expect.objectContaining(expected))
  expect(checked.text).not.toContain('secret-of-redis')
})
