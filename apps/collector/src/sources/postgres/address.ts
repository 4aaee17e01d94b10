/** How much TLS is asked for, in the words of PostgreSQL. */
export const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const
export type SslMode = (typeof SSL_MODES)[number]

/** Where a PostgreSQL, or a PgBouncer, is and as whom it is asked, read from its address. */
export type PostgresAddress = {
  /** A name, an IP address, or the folder of a socket, which begins with a slash. */
  host: string
  port: number
  username?: string
  password?: string
  database?: string
  sslMode: SslMode
  /** A file with the authorities whose certificates are accepted. */
  rootCertificate?: string
  /** Files with a certificate of our own and its key, where the server asks for one. */
  certificate?: string
  privateKey?: string
  /** Settings sent with the first word: services find out by them which project or endpoint is meant. */
  options?: string
}

export type ParsedAddress = { kind: 'address'; address: PostgresAddress } | { kind: 'problem'; message: string }

const DEFAULT_PORT = 5432
const EXAMPLE = 'must be an address such as postgres://user:PASSWORD@host:5432/database?sslmode=verify-full'
const ENCODE =
  'has no host that can be read; in its user and password write @ : / ? # % as %40 %3A %2F %3F %23 %25, or give them as `username` and `password`'
/** TLS that was asked for and not kept would be a broken promise. What else others write for their clients is passed over. */
const KNOWN_OF_TLS = ['ssl', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey']
const WITHOUT_EFFECT = ['sslcompression', 'sslsni', 'sslnegotiation', 'sslcertmode', 'sslaccept']
/** The same words of other clients: `ssl=true` of JDBC, which libpq knows as well, `no-verify` of node-postgres. */
const SSL_WORDS: Readonly<Record<string, SslMode>> = { true: 'require', false: 'disable', 'no-verify': 'require' }

/**
 * Reads an address as libpq does, but for several hosts. User and password reach to the last `@`, so that one with a bare
 * `@`, `:` or `/` in it is taken as it was meant. Messages never hold a part of it that may be secret.
 */
export function parseAddress(text: string): ParsedAddress {
  // SQLAlchemy names its driver behind a plus, JDBC itself before all.
  const rest = /^(?:jdbc:)?postgres(?:ql)?(?:\+[a-z0-9_]+)?:\/\/(.*)$/is.exec(text.trim())?.[1]
  if (rest === undefined) return problem(EXAMPLE)
  const at = endOfUser(rest)
  const [username, password] = at < 0 ? [] : credentials(rest.slice(0, at))
  if (/^[^/?#]*,/.test(rest.slice(at + 1))) return problem('names several hosts; give one source for each')
  const parts = /^(\[[0-9a-f:.%]+\]|[^\s/:?#[\]]*)(?::(\d{1,5}))?(?:\/([^?#]*))?(?:\?([^#]*))?$/i.exec(
    rest.slice(at + 1),
  )
  if (parts === null) return problem(ENCODE)
  const [, host = '', port = '', database = '', query = ''] = parts
  const parameters = new URLSearchParams(query.replaceAll('+', '%2B'))
  const unknown = unkept([...parameters.keys()])
  if (unknown !== undefined) return problem(unknown)
  const asked = parameters.get('sslmode') ?? parameters.get('ssl') ?? 'prefer'
  const sslMode = Object.hasOwn(SSL_WORDS, asked) ? SSL_WORDS[asked] : asked
  if (!isSslMode(sslMode)) return problem(`has an sslmode that is none; there are ${SSL_MODES.join(', ')}`)
  const number = Number(parameters.get('port') ?? (port === '' ? DEFAULT_PORT : port))
  if (!Number.isInteger(number) || number < 1 || number > 65_535)
    return problem('has a port that is none; the usual one of PostgreSQL is 5432, of PgBouncer 6432')
  const named = parameters.get('host') ?? (host === '' ? parameters.get('hostaddr') : null)
  const place = named ?? decode(host.replace(/^\[|\]$/g, ''))
  return {
    kind: 'address',
    address: {
      host: place === '' ? 'localhost' : place,
      port: number,
      ...given('username', parameters.get('user') ?? username),
      ...given('password', parameters.get('password') ?? password),
      ...given('database', parameters.get('dbname') ?? decode(database)),
      sslMode,
      ...given('rootCertificate', parameters.get('sslrootcert')),
      ...given('certificate', parameters.get('sslcert')),
      ...given('privateKey', parameters.get('sslkey')),
      ...given('options', parameters.get('options')),
    },
  }
}

/** A parameter whose meaning would be lost, in words. */
function unkept(keys: readonly string[]): string | undefined {
  if (keys.includes('service'))
    return 'names a service of pg_service.conf, which is not read here; write its host, port, user and dbname out'
  if (keys.includes('sslcert') !== keys.includes('sslkey')) return 'needs both sslcert and sslkey, or none of them'
  const unknown = keys.find((key) => /^ssl/i.test(key) && ![...KNOWN_OF_TLS, ...WITHOUT_EFFECT].includes(key))
  return unknown === undefined
    ? undefined
    : `has a parameter ${unknown.slice(0, 40)} that is not known here; of TLS known are ${KNOWN_OF_TLS.join(', ')}`
}

/** The address without user and password, for logs and screens. */
export function placeOf({ host, port, database = '' }: PostgresAddress): string {
  const where = host.startsWith('/') ? `${host}/.s.PGSQL.${port}` : `${host.includes(':') ? `[${host}]` : host}:${port}`
  return `postgres://${where}${database === '' ? '' : `/${database}`}`
}

/** Where user and password end: at the last `@`, unless that stands in a parameter. */
function endOfUser(rest: string): number {
  const at = rest.lastIndexOf('@')
  const inQuery = /^[^:@/?]*(:\d*)?(\/[^?@]*)?\?/.test(rest.slice(0, Math.max(0, at)))
  return inQuery ? -1 : at
}

function credentials(text: string): [string, string] {
  const colon = text.indexOf(':')
  return colon < 0 ? [decode(text), ''] : [decode(text.slice(0, colon)), decode(text.slice(colon + 1))]
}

function given<Key extends string>(key: Key, value: string | null | undefined): Partial<Record<Key, string>> {
  const known: Partial<Record<Key, string>> = {}
  if (value !== null && value !== undefined && value !== '') known[key] = value
  return known
}

function isSslMode(text: string | undefined): text is SslMode {
  return SSL_MODES.some((mode) => mode === text)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function problem(message: string): ParsedAddress {
  return { kind: 'problem', message }
}
