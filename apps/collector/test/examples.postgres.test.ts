import { expect, it } from 'vitest'
import { startPostgres } from '../src/sources/postgres/testing/postgres-server.ts'
import { checkExample } from './support/examples.ts'

it('webui-and-rq-on-openshift.yaml: PostgreSQL, with the role that its index says to create', async () => {
  await using server = await startPostgres('max_connections=50')
  await server.run(
    `CREATE ROLE headroom LOGIN PASSWORD 'secret-of-postgres' IN ROLE pg_monitor`,
    'CREATE DATABASE captions',
  )
  const checked = await checkExample('webui-and-rq-on-openshift.yaml', {
    variables: { DATABASE_PASSWORD: 'secret-of-postgres', REDIS_PASSWORD: 'secret' },
    only: ['postgres'],
    change: (_, source) => source.set('url', `postgres://headroom@127.0.0.1:${server.port}/captions`),
  })
  expect([checked.code, checked.err, checked.text]).toEqual([0, '', expect.stringContaining('1 source, 0 failing')])
  const mapped = checked.json.systems.flatMap(({ sources }) => sources.flatMap((source) => source.mapped))
  // Three of the fifty are for superusers.
  expect(mapped).toContainEqual(expect.objectContaining({ metric: 'db.connections.limit', value: 47 }))
  expect(mapped.map(({ metric }) => metric)).toContain('db.connections')
  expect(checked.text).not.toContain('secret-of-postgres')
})
