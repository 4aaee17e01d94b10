/** Where in an address it is said who signs in, and what; `password` is undefined where there is none. */
export type UserInfo = { from: number; to: number; user: string; password: string | undefined }

const SCHEME = /^\s*([a-z][a-z0-9+.-]*):\/\//i
/** A host, perhaps with its port, and then the end or a path: nobody signs in here, whatever `@` comes later. */
const HOST_FIRST = /^(\[[^\]]*\]|[^:@/?#]*)(:\d*)?([/?#]|$)/
/** The same for schemes whose path is a database: only in the parameters an `@` is no end of a password. */
const IN_PARAMETERS = /^[^:@/?]*(:\d*)?(\/[^?@]*)?\?/

/**
 * Finds user and password in an address as they were meant: with a bare `/`, `?`, `#` or `@` in a password they reach to
 * the last `@`. What is found is as it was written, percent signs and all.
 */
export function userInfoOf(address: string): UserInfo | undefined {
  const scheme = SCHEME.exec(address)
  if (scheme === null) return undefined
  const from = scheme[0].length
  const rest = address.slice(from)
  const at = endOf(rest, /^https?$/i.test(scheme[1] ?? ''))
  if (at <= 0) return undefined
  const who = rest.slice(0, at)
  const colon = who.indexOf(':')
  const password = colon === -1 ? undefined : who.slice(colon + 1)
  return { from, to: from + at, user: colon === -1 ? who : who.slice(0, colon), password }
}

function endOf(rest: string, web: boolean): number {
  const last = rest.lastIndexOf('@')
  const inAuthority = rest.slice(0, rest.search(/[/?#]|$/)).lastIndexOf('@')
  if (web) return HOST_FIRST.test(rest) ? -1 : inAuthority !== -1 ? inAuthority : last
  return IN_PARAMETERS.test(rest.slice(0, Math.max(0, last))) ? inAuthority : last
}

/** An address without who signs in, for sentences. */
export function withoutUserInfo(address: string): string {
  const found = userInfoOf(address)
  return found === undefined ? address : `${address.slice(0, found.from)}…${address.slice(found.to)}`
}

/** What a percent-encoded part says; as it stands where it is no encoding. */
export function decodePart(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
