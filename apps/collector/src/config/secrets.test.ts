import { describe, expect, test } from 'vitest'
import { isSecretKey } from '../lib/secret-key.ts'
import { literalSecrets, Secrets } from './secrets.ts'

const SECRET = 'p@ss/w+rd "1" é'
const secrets = new Secrets([SECRET, 'abc', 'token-1', 'token-12'])

describe('redact', () => {
  test.each([
    ['as written', SECRET],
    ['percent-encoded', encodeURIComponent(SECRET)],
    [
      'percent-encoded in lower case',
      encodeURIComponent(SECRET).replaceAll(/%[0-9A-F]{2}/g, (part) => part.toLowerCase()),
    ],
    ['as a form field', new URLSearchParams({ q: SECRET }).toString()],
    ['base64', Buffer.from(SECRET).toString('base64')],
    ['base64url', Buffer.from(SECRET).toString('base64url')],
    ['base64 with a user before it', Buffer.from(`admin:${SECRET}`).toString('base64')],
    ['base64 with other bytes around it', Buffer.from(`ab:${SECRET}!!`).toString('base64')],
    ['in JSON', JSON.stringify({ key: SECRET })],
  ])('%s', (_, text) => {
    const clean = secrets.redact(`before ${text} after`)
    expect(clean).toContain('[secret]')
    expect(clean).not.toContain(SECRET)
    expect(clean).toMatch(/^before .* after$/)
  })

  test('leaves short values alone: they would black out ordinary words', () => {
    expect(secrets.redact('abc')).toBe('abc')
  })

  test('of two that begin alike nothing stays', () => {
    expect(secrets.redact('token-12')).toBe('[secret]')
  })

  test('a value that is a pattern is only a text', () => {
    expect(new Secrets(['a.*$&']).redact('a.*$& and axx')).toBe('[secret] and axx')
  })
})

describe('literalSecrets', () => {
  test('finds what the keys and addresses say is secret', () => {
    expect(
      literalSecrets({
        url: 'https://user:hunter22@example.com/?admin_token=tok-1&page=health',
        headers: { Authorization: 'Bearer inner', accept: 'json' },
        oidc: { clientId: 'public', clientSecret: 'hidden' },
      }),
    ).toEqual(['hunter22', 'tok-1', 'Bearer inner', 'inner', 'hidden'])
  })

  test.each(['apiKey', 'api_key', 'X-Api-Key', 'bearer', 'admin_token', 'password', 'routingKey', 'Cookie'])(
    '%s is secret',
    (key) => {
      expect(isSecretKey(key)).toBe(true)
    },
  )
  test.each(['url', 'page', 'keyspace', 'every'])('%s is not', (key) => {
    expect(isSecretKey(key)).toBe(false)
  })
})
