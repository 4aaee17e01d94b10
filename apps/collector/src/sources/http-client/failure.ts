import { ForbiddenAddress } from './guard-connector.ts'

/** Why a request over HTTP gave nothing to read. `status` is not among them: an answer with any status is an answer. */
export type HttpFailureCode =
  | 'dns'
  | 'network'
  | 'local'
  | 'refused'
  | 'timeout'
  | 'tls'
  | 'reset'
  | 'not_http'
  | 'redirect'
  | 'too_large'
  | 'unending'
  | 'bad_encoding'
  | 'forbidden'

export type HttpFailure = {
  kind: 'failure'
  code: HttpFailureCode
  /** What it says of the system: 0 it does not answer readably, 1 it did answer, null our own side failed. */
  up: 0 | 1 | null
  /** What is wrong and what to do; never holds a secret. */
  message: string
}

type Meaning = { code: HttpFailureCode; up: 0 | 1 | null; message: string }

const REFUSED: Meaning = {
  code: 'refused',
  up: 0,
  message: 'the connection was refused: nothing listens there; check that the service runs, and its port',
}
const RESET: Meaning = {
  code: 'reset',
  up: 0,
  message: 'the connection was closed before a whole answer came; look at the log of the service',
}
const NO_CONNECTION: Meaning = {
  code: 'timeout',
  up: 0,
  message: 'no connection could be made in time; check that the service runs and that no firewall stands between',
}
const DNS: Meaning = {
  code: 'dns',
  up: null,
  message: 'the name could not be looked up; check the host in `url`, and the network of this machine',
}
const NETWORK: Meaning = {
  code: 'network',
  up: null,
  message: 'this machine has no way to that host; check its own network',
}
const LOCAL: Meaning = {
  code: 'local',
  up: null,
  message: 'this machine has run out of sockets or files; raise its limit (ulimit -n), or watch fewer sources',
}
const NOT_HTTP: Meaning = {
  code: 'not_http',
  up: 0,
  message: 'the answer is not HTTP; check the port, and http or https, in `url`',
}
const EXPIRED: Meaning = {
  code: 'tls',
  up: 0,
  message: 'its certificate has expired: everybody is turned away; renew it',
}
const UNTRUSTED: Meaning = {
  code: 'tls',
  up: null,
  message:
    'its certificate is not from an authority this machine knows; name the authority in NODE_EXTRA_CA_CERTS, or set `insecure: true` if it is self-signed and yours',
}
const OTHER_NAME: Meaning = {
  code: 'tls',
  up: null,
  message: 'its certificate is for another name; check the host in `url`',
}
const NO_TLS: Meaning = {
  code: 'tls',
  up: 0,
  message: 'no encrypted connection could be made; check http or https, and the port, in `url`',
}

const HTTP2_ONLY: Meaning = {
  code: 'tls',
  up: null,
  message: 'it speaks HTTP/2 only; let it, or a proxy before it, answer HTTP/1.1 as well',
}

/** Node's, OpenSSL's and undici's codes, each with what it means to a person. A code that is not here says nothing of the system. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  ECONNREFUSED: REFUSED,
  ECONNRESET: RESET,
  EPIPE: RESET,
  ECONNABORTED: RESET,
  UND_ERR_SOCKET: RESET,
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: RESET,
  ETIMEDOUT: NO_CONNECTION,
  UND_ERR_CONNECT_TIMEOUT: NO_CONNECTION,
  ENOTFOUND: DNS,
  EAI_AGAIN: DNS,
  EAI_FAIL: DNS,
  EAI_NODATA: DNS,
  EAI_NONAME: DNS,
  ENETUNREACH: NETWORK,
  EHOSTUNREACH: NETWORK,
  EHOSTDOWN: NETWORK,
  ENETDOWN: NETWORK,
  EADDRNOTAVAIL: NETWORK,
  EACCES: NETWORK,
  EPERM: NETWORK,
  EMFILE: LOCAL,
  ENFILE: LOCAL,
  ENOBUFS: LOCAL,
  ENOMEM: LOCAL,
  UND_ERR_HEADERS_OVERFLOW: NOT_HTTP,
  CERT_HAS_EXPIRED: EXPIRED,
  CERT_NOT_YET_VALID: {
    code: 'tls',
    up: null,
    message: 'its certificate is not valid yet; check the clock of this machine',
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  CERT_UNTRUSTED: UNTRUSTED,
  CERT_REVOKED: { code: 'tls', up: 0, message: 'its certificate was revoked; renew it' },
  ERR_TLS_CERT_ALTNAME_INVALID: OTHER_NAME,
  HOSTNAME_MISMATCH: OTHER_NAME,
  EPROTO: NO_TLS,
  ERR_SSL_WRONG_VERSION_NUMBER: NO_TLS,
  ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL: HTTP2_ONLY,
  ERR_SSL_TLS_ALERT_NO_APPLICATION_PROTOCOL: HTTP2_ONLY,
}

const PREFIXES: readonly (readonly [string, Meaning])[] = [
  ['HPE_', NOT_HTTP],
  ['ERR_SSL_', NO_TLS],
  ['CERT_', UNTRUSTED],
  ['ERR_TLS_', NO_TLS],
]

/**
 * What an error of the network means. An address with several families fails with several errors at once: one that says
 * something of the system ("refused") counts before one that says something of us ("no IPv6 here").
 */
export function failureOf(error: unknown): HttpFailure {
  if (error instanceof ForbiddenAddress) return { kind: 'failure', code: 'forbidden', up: null, message: error.message }
  const codes = codesOf(error, 0)
  const meanings = codes.map(meaningOf).filter((meaning) => meaning !== undefined)
  const meaning = meanings.find(({ up }) => up === 0) ?? meanings[0]
  if (meaning !== undefined) return { kind: 'failure', ...meaning }
  return {
    kind: 'failure',
    code: 'network',
    up: null,
    message: `the request failed on this side (${codes[0] ?? 'no code'}); if it stays, please report it`,
  }
}

/** True for a connection that broke before anything came: on a kept-alive one that is often only the server tidying up. */
export function isBrokenConnection(error: unknown): boolean {
  return codesOf(error, 0).some((code) => code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE')
}

function meaningOf(code: string): Meaning | undefined {
  if (Object.hasOwn(MEANINGS, code)) return MEANINGS[code]
  return PREFIXES.find(([prefix]) => code.startsWith(prefix))?.[1]
}

function codesOf(error: unknown, depth: number): string[] {
  if (depth > 3 || typeof error !== 'object' || error === null) return []
  const inner =
    'errors' in error && Array.isArray(error.errors) ? error.errors.flatMap((each) => codesOf(each, depth + 1)) : []
  const cause = 'cause' in error ? codesOf(error.cause, depth + 1) : []
  const own =
    'code' in error && typeof error.code === 'string'
      ? [error.code]
      : 'name' in error && error.name === 'HTTPParserError'
        ? ['HPE_']
        : []
  return [...inner, ...cause, ...own]
}
