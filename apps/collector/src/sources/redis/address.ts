/** Where a Redis is and as whom it is asked, read from its address. */
export type RedisAddress = {
  tls: boolean
  place: { kind: 'tcp'; host: string; port: number } | { kind: 'unix'; path: string }
  username?: string
  password?: string
  /** The number of the database; undefined is the server's first, without asking. */
  db?: number
}

export type ParsedAddress = { kind: 'address'; address: RedisAddress } | { kind: 'problem'; message: string }

const TCP: Readonly<Record<string, { tls: boolean }>> = {
  redis: { tls: false },
  rediss: { tls: true },
  valkey: { tls: false },
  valkeys: { tls: true },
}
/** As redis-py, hiredis and Celery write a socket in the file system. */
const UNIX = ['unix', 'redis+unix', 'redis+socket']
const DEFAULT_PORT = 6379
const EXAMPLE = 'must be an address such as redis://:PASSWORD@host:6379/0, rediss://... or unix:///run/redis.sock'
const ENCODE =
  'has no host that can be read; in its user and password write @ : / ? # % as %40 %3A %2F %3F %23 %25, or give them as `username` and `password`'

/**
 * Reads an address. User and password reach to the last `@`, so that one with a bare `@`, `:` or `/` in it is taken as
 * it was meant; percent signs are decoded where they are an encoding, and stand for themselves where they are none.
 * Messages never hold a part of it.
 */
export function parseAddress(text: string): ParsedAddress {
  const scheme = /^([a-z][a-z+]*):\/\//i.exec(text.trim())?.[1]?.toLowerCase()
  if (scheme === undefined) return problem(EXAMPLE)
  const rest = text.trim().slice(scheme.length + '://'.length)
  const tcp = Object.hasOwn(TCP, scheme) ? TCP[scheme] : undefined
  if (tcp === undefined && !UNIX.includes(scheme)) return problem(EXAMPLE)
  const at = tcp === undefined && rest.startsWith('/') ? -1 : rest.lastIndexOf('@')
  const who = at < 0 ? {} : credentials(rest.slice(0, at))
  if (who.username !== undefined && who.password === undefined)
    return problem('has a user without a password; a password alone stands behind a colon, redis://:PASSWORD@host')
  const where = rest.slice(at + 1)
  return tcp === undefined ? socketIn(where, who) : hostIn(where, tcp.tls, who)
}

/** The address without user and password, for logs and screens. */
export function placeOf({ tls, place, db }: RedisAddress): string {
  const number = db === undefined ? '' : String(db)
  if (place.kind === 'unix') return `unix://${place.path}${number === '' ? '' : `?db=${number}`}`
  const host = place.host.includes(':') ? `[${place.host}]` : place.host
  return `${tls ? 'rediss' : 'redis'}://${host}:${place.port}${number === '' ? '' : `/${number}`}`
}

type Who = { username?: string; password?: string }

function credentials(text: string): Who {
  const colon = text.indexOf(':')
  const username = decode(colon < 0 ? text : text.slice(0, colon))
  const password = colon < 0 ? '' : decode(text.slice(colon + 1))
  return { ...(username === '' ? {} : { username }), ...(password === '' ? {} : { password }) }
}

function hostIn(where: string, tls: boolean, who: Who): ParsedAddress {
  const parts = /^(\[[0-9a-f:.]+\]|[^\s/:?#[\]]*)(?::(\d{1,5}))?(?:\/([^?#]*?))?\/?(?:\?([^#]*))?$/i.exec(where)
  if (parts === null) return problem(ENCODE)
  const [, host = '', port = String(DEFAULT_PORT), path = '', query = ''] = parts
  const number = Number(port)
  if (number < 1 || number > 65_535) return problem('has a port that is none; the usual one of Redis is 6379')
  const db = dbIn(path, query)
  if (db === 'bad') return problem('names a database that is none; it is a number, as in redis://host:6379/0')
  const name = host.replace(/^\[|\]$/g, '')
  const place = { kind: 'tcp' as const, host: name === '' ? 'localhost' : name, port: number }
  return { kind: 'address', address: { tls, place, ...who, ...(db === undefined ? {} : { db }) } }
}

function socketIn(where: string, who: Who): ParsedAddress {
  const mark = where.indexOf('?')
  const path = decode(mark < 0 ? where : where.slice(0, mark))
  const db = dbIn('', mark < 0 ? '' : where.slice(mark + 1))
  if (!path.startsWith('/')) return problem('must name a socket by its whole path, as in unix:///run/redis.sock')
  if (db === 'bad') return problem('names a database that is none; it is a number, as in unix:///run/redis.sock?db=0')
  return {
    kind: 'address',
    address: { tls: false, place: { kind: 'unix', path }, ...who, ...(db === undefined ? {} : { db }) },
  }
}

function dbIn(path: string, query: string): number | undefined | 'bad' {
  const parameters = new URLSearchParams(query)
  const text = parameters.get('db') ?? parameters.get('virtual_host') ?? path
  if (text === '') return undefined
  return /^\d{1,5}$/.test(text) ? Number(text) : 'bad'
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
