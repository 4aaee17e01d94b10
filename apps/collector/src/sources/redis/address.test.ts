import { describe, expect, test } from 'vitest'
import { parseAddress, placeOf } from './address.ts'
import { RedisOptions } from './schema.ts'

const tcp = (host: string, port = 6379): unknown => ({ kind: 'tcp', host, port })

function read(text: string): unknown {
  const parsed = parseAddress(text)
  return parsed.kind === 'address' ? parsed.address : parsed.message
}

describe('an address', () => {
  test.each([
    ['redis://cache.internal', { tls: false, place: tcp('cache.internal') }],
    ['redis://', { tls: false, place: tcp('localhost') }],
    ['redis://10.0.0.7:6380/3', { tls: false, place: tcp('10.0.0.7', 6380), db: 3 }],
    ['redis://cache/?db=2', { tls: false, place: tcp('cache'), db: 2 }],
    ['redis://[::1]:6379/0', { tls: false, place: tcp('::1'), db: 0 }],
    ['rediss://cache', { tls: true, place: tcp('cache') }],
    ['valkeys://cache', { tls: true, place: tcp('cache') }],
    [
      'unix:///run/redis/redis.sock?db=4',
      { tls: false, place: { kind: 'unix', path: '/run/redis/redis.sock' }, db: 4 },
    ],
    ['redis+socket:///tmp/r.sock?virtual_host=1', { tls: false, place: { kind: 'unix', path: '/tmp/r.sock' }, db: 1 }],
    ['unix://:pw@/tmp/r.sock', { tls: false, place: { kind: 'unix', path: '/tmp/r.sock' }, password: 'pw' }],
  ])('%s', (text, address) => expect(read(text)).toEqual(address))

  test.each([
    ['redis://:plain@h', { password: 'plain' }],
    ['redis://ada:plain@h', { username: 'ada', password: 'plain' }],
    ['redis://ada:p%40ss%3Aw%2Ford@h', { username: 'ada', password: 'p@ss:w/ord' }],
    ['redis://ada:p@ss:word@h', { username: 'ada', password: 'p@ss:word' }],
    ['redis://:a/b?c#d@h:6379/0', { password: 'a/b?c#d', db: 0 }],
    ['redis://:100%@h', { password: '100%' }],
    ['redis://:caf%C3%A9@h', { password: 'café' }],
  ])('%s is taken as it was meant', (text, who) => expect(read(text)).toMatchObject({ place: tcp('h'), ...who }))

  test.each([
    ['cache:6379', 'must be an address such as redis://'],
    ['http://cache:6379', 'must be an address such as redis://'],
    ['redis://cache:99999', 'port that is none'],
    ['redis://cache:port', 'write @ : / ? # % as %40'],
    ['redis://cache/one', 'names a database that is none'],
    ['redis://secret@cache', 'a password alone stands behind a colon'],
    ['unix://relative.sock', 'by its whole path'],
    ['unix:///r.sock?db=x', 'names a database that is none'],
  ])('%s is refused, with what to write instead', (text, message) => expect(read(text)).toContain(message))

  test('no refusal repeats what may be a secret', () => {
    for (const text of ['redis://s3cret@cache', 'redis://u:s3cret@ca che', 's3cret', 'redis://u:s3cret@h:0'])
      expect(read(text)).not.toContain('s3cret')
  })

  test('is shown without user and password', () => {
    const shown = (text: string): string => {
      const parsed = parseAddress(text)
      return parsed.kind === 'address' ? placeOf(parsed.address) : ''
    }
    expect(shown('rediss://ada:s3cret@cache:6380/2')).toBe('rediss://cache:6380/2')
    expect(shown('redis://:s3cret@[::1]')).toBe('redis://[::1]:6379')
    expect(shown('unix://:s3cret@/r.sock?db=1')).toBe('unix:///r.sock?db=1')
  })
})

test('options say what is wrong, and fill in the rest', () => {
  expect(RedisOptions.parse({ url: 'redis://h', pool: '200' })).toEqual({
    url: 'redis://h',
    queues: 'auto',
    names: [],
    pool: 200,
    insecure: false,
  })
  expect(RedisOptions.safeParse({ url: 'redis://pw@h' }).error?.issues[0]?.message).toContain('behind a colon')
  expect(RedisOptions.safeParse({ url: 'redis://h', queues: 'sidekiq' }).success).toBe(false)
  expect(RedisOptions.safeParse({ url: 'redis://h', names: ['mail'] }).error?.issues[0]).toMatchObject({
    path: ['names'],
    message: 'needs `queues` to say of which kind: rq, celery, bullmq or keys',
  })
})
