import { describe, expect, test } from 'vitest'
import { parseAddress, placeOf } from './address.ts'
import { PostgresOptions } from './schema.ts'

function read(text: string): unknown {
  const parsed = parseAddress(text)
  return parsed.kind === 'address' ? parsed.address : parsed.message
}

describe('an address', () => {
  test.each([
    ['postgres://db', { host: 'db', port: 5432, sslMode: 'prefer' }],
    ['postgresql://ada@db:6543/app', { host: 'db', port: 6543, username: 'ada', database: 'app', sslMode: 'prefer' }],
    [
      'postgres://ada:pw@[::1]/app?sslmode=disable',
      { host: '::1', port: 5432, username: 'ada', password: 'pw', database: 'app', sslMode: 'disable' },
    ],
    [
      'postgres:///app?host=/var/run/postgresql',
      { host: '/var/run/postgresql', port: 5432, database: 'app', sslMode: 'prefer' },
    ],
    ['postgres://%2Frun%2Fpg/app', { host: '/run/pg', port: 5432, database: 'app', sslMode: 'prefer' }],
    [
      'postgres://db/app?user=ada&password=p@ss+1&sslmode=verify-full&sslrootcert=/etc/ca.pem',
      {
        host: 'db',
        port: 5432,
        username: 'ada',
        password: 'p@ss+1',
        database: 'app',
        sslMode: 'verify-full',
        rootCertificate: '/etc/ca.pem',
      },
    ],
  ])('%s', (text, address) => expect(read(text)).toEqual(address))

  test.each([
    ['postgres://ada:p%40ss%2Fw@db', 'p@ss/w'],
    ['postgres://ada:p@ss:w/ord?#@db/app?sslmode=require', 'p@ss:w/ord?#'],
    ['postgres://ada:100%@db', '100%'],
    // As the clients of applications have them in their environment.
    ['postgresql+asyncpg://ada:pw@db/app?prepared_statement_cache_size=0', 'pw'],
    ['jdbc:postgresql://db/app?user=ada&password=pw&reWriteBatchedInserts=true', 'pw'],
    ['postgresql://ada:pw@db:6543/app?pgbouncer=true&connection_limit=1&schema=public', 'pw'],
    ['postgres://ada:pw@db/app?sslmode=require&channel_binding=require', 'pw'],
    ['postgres://ada:pw@/app?hostaddr=db', 'pw'],
  ])('%s is taken as it was meant', (text, password) => expect(read(text)).toMatchObject({ host: 'db', password }))

  test.each([
    ['ssl=true', 'require'],
    ['ssl=verify-full', 'verify-full'],
    ['sslmode=no-verify&uselibpqcompat=true', 'require'],
    ['ssl=false', 'disable'],
  ])('%s asks for TLS in the words of another client: %s', (query, sslMode) =>
    expect(read(`postgres://db/app?${query}`)).toMatchObject({ sslMode }),
  )

  test('what finds the project at a service is sent on, and a certificate of our own is named by files', () => {
    expect(read('postgres://ada@ep-a.neon.tech/app?sslmode=require&options=endpoint%3Dep-a')).toMatchObject({
      options: 'endpoint=ep-a',
    })
    expect(read('postgres://ada@db/app?sslcert=/a.pem&sslkey=/a.key')).toMatchObject({
      certificate: '/a.pem',
      privateKey: '/a.key',
    })
  })

  test.each([
    ['mysql://db', 'must be an address such as postgres://'],
    ['db:5432', 'must be an address such as postgres://'],
    ['postgres://a,b/app', 'several hosts'],
    ['postgres://ada:pw@a:5432,b:5433/app', 'several hosts'],
    ['postgres://db?service=shop', 'pg_service.conf'],
    ['postgres://db?sslcert=/a.pem', 'both sslcert and sslkey'],
    ['postgres://db:99999', 'port that is none'],
    ['postgres://db?sslmode=on', 'there are disable, allow, prefer, require, verify-ca, verify-full'],
    ['postgres://db?sslmod=require', 'a parameter sslmod that is not known'],
  ])('%s is refused, with what to write instead', (text, message) => expect(read(text)).toContain(message))

  test('no refusal repeats what may be a secret', () => {
    for (const text of [
      'postgres://ada:s3cret@d b',
      's3cret',
      'postgres://ada:s3cret@db:0',
      'postgres://ada:s3cret@db?sslmode=x',
    ])
      expect(read(text)).not.toContain('s3cret')
  })

  test('is shown without user and password', () => {
    const shown = (text: string): string => {
      const parsed = parseAddress(text)
      return parsed.kind === 'address' ? placeOf(parsed.address) : ''
    }
    expect(shown('postgres://ada:s3cret@db:6432/app?sslmode=require')).toBe('postgres://db:6432/app')
    expect(shown('postgres:///app?host=/run/pg&password=s3cret')).toBe('postgres:///run/pg/.s.PGSQL.5432/app')
  })
})

test('options say what is wrong, and fill in the rest', () => {
  expect(PostgresOptions.parse({ url: 'postgres://db' })).toEqual({
    url: 'postgres://db',
    pgbouncer: false,
    insecure: false,
  })
  expect(PostgresOptions.safeParse({ url: 'postgres://a,b' }).error?.issues[0]?.message).toContain('several hosts')
})
