import { describe, expect, it } from 'vitest'
import { failureOf } from './failure.ts'

const failing = (code: string, inner?: object): Error =>
  Object.assign(new Error(`secret in ${code}`), { code, ...inner })

describe('what an error of the network says of the system', () => {
  it.each([
    ['ECONNREFUSED', 'refused', 0],
    ['ECONNRESET', 'reset', 0],
    ['UND_ERR_SOCKET', 'reset', 0],
    ['UND_ERR_CONNECT_TIMEOUT', 'timeout', 0],
    ['ENOTFOUND', 'dns', null],
    ['EAI_AGAIN', 'dns', null],
    ['ENETUNREACH', 'network', null],
    ['EHOSTUNREACH', 'network', null],
    ['EMFILE', 'local', null],
    ['CERT_HAS_EXPIRED', 'tls', 0],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls', null],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'tls', 0],
    ['HPE_INVALID_CONSTANT', 'not_http', 0],
    ['SOMETHING_NEW', 'network', null],
    ['__proto__', 'network', null],
  ])('%s is %s, up %s', (code, name, up) => {
    const failure = failureOf(failing(code))
    expect(failure).toMatchObject({ code: name, up })
    expect(failure.message).not.toContain('secret')
  })

  it('of several addresses, one that was refused counts before one we have no way to', () => {
    expect(
      failureOf(failing('ENETUNREACH', { errors: [failing('ENETUNREACH'), failing('ECONNREFUSED')] })),
    ).toMatchObject({ code: 'refused', up: 0 })
    expect(failureOf(new Error('wrapped', { cause: failing('ENOTFOUND') }))).toMatchObject({ code: 'dns' })
    expect(failureOf('no error at all')).toMatchObject({ up: null })
  })
})
