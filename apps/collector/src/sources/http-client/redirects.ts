import { safeUrl } from './safe-url.ts'

type Redirect =
  | { kind: 'none' }
  | { kind: 'follow'; url: URL }
  | { kind: 'elsewhere'; to: string }
  | { kind: 'nowhere' }

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/**
 * Where an answer sends us. Only the same host is followed, for the headers may hold a token; from http to https of the
 * same name counts as the same, the other way round does not.
 */
export function redirectOf(from: URL, status: number, location: string | string[] | undefined): Redirect {
  if (!REDIRECTS.has(status)) return { kind: 'none' }
  const to = typeof location === 'string' ? URL.parse(location, from) : null
  if (to === null || (to.protocol !== 'http:' && to.protocol !== 'https:')) return { kind: 'nowhere' }
  const upgraded =
    from.protocol === 'http:' &&
    to.protocol === 'https:' &&
    from.hostname === to.hostname &&
    from.port === '' &&
    to.port === ''
  return to.origin === from.origin || upgraded ? { kind: 'follow', url: to } : { kind: 'elsewhere', to: safeUrl(to) }
}
