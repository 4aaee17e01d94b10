import { assumedScheme } from '@headroom/shared/assumed-scheme.ts'
import { variableName } from '@headroom/shared/variable-name.ts'
import { isSecretParameter, isSecretUser } from './hide-secrets.ts'

/** Where health and stats documents are usually found, beside an address that names no page. */
export const USUAL_PATHS = [
  '/health',
  '/system-stats',
  '/api/health',
  '/stats',
  '/api/admin/metrics',
  '/metrics',
  '/healthz',
  '/actuator/health',
  '/actuator/prometheus',
  '/q/health',
  '/healthcheck',
  '/status',
  '/api/status',
  '/readyz',
  '/ready',
  '/up',
] as const

/** An address as it goes into headroom.yaml: its secrets taken out, each with the variable that will hold it. */
export type Endpoint = { url: string; query: Record<string, string>; secrets: { name: string; value: string }[] }

/** Reads an address as people type it, without a scheme too. */
export function readAddress(text: string): URL | undefined {
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${assumedScheme(text)}://${text}`
  const url = URL.parse(whole)
  return url !== null && ['http:', 'https:'].includes(url.protocol) && url.hostname !== '' ? url : undefined
}

/** The addresses to try for one that was given: itself, and where it names no page also the usual ones. */
export function candidates(url: URL): URL[] {
  if (url.pathname !== '/') return [url]
  const others = USUAL_PATHS.map((path) => {
    const other = new URL(url)
    other.pathname = path
    return other
  })
  return [url, ...others]
}

/** Takes the secrets out of an address: tokens among its parameters, who signs in, and a password. */
export function withoutSecrets(url: URL, system: string): Endpoint {
  const plain = new URL(url)
  const secrets: Endpoint['secrets'] = []
  const query: Record<string, string> = {}
  for (const [key, value] of url.searchParams) {
    if (!isSecretParameter(key, value)) continue
    const name = variableName(system, key)
    secrets.push({ name, value })
    query[key] = `\${${name}}`
    plain.searchParams.delete(key)
  }
  const take = (key: 'user' | 'password', value: string): string => {
    secrets.push({ name: variableName(system, key), value })
    return PLACES[key]
  }
  if (isSecretUser(plain.username)) plain.username = take('user', plain.username)
  if (plain.password !== '') plain.password = take('password', plain.password)
  const written = plain.href
    .replace(PLACES.user, () => `\${${variableName(system, 'user')}}`)
    .replace(PLACES.password, () => `\${${variableName(system, 'password')}}`)
  return { url: written, query, secrets }
}

/** What stands for a secret until the address is written: the braces of `${NAME}` would be percent-encoded in it. */
const PLACES = { user: 'headroom-user-goes-here', password: 'headroom-password-goes-here' } as const

/** A system's id from where it is: `captions.example.com` is `captions`, `localhost:5000` is `localhost-5000`. */
export function systemId(url: URL): string {
  const host = url.hostname.replaceAll(/[[\]]/g, '')
  const numeric = /^[\d.]+$/.test(host) || host.includes(':')
  const first = numeric ? `host-${host}` : (host.replace(/^www\./, '').split('.')[0] ?? host)
  const text = url.port === '' ? first : `${first}-${url.port}`
  return (
    text
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '') || 'system'
  )
}

/** A source's id from its page: `/api/health` is `health`. */
export function sourceId(url: URL): string {
  const last = url.pathname.split('/').findLast((part) => part !== '')
  return (
    (last ?? 'root')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '') || 'root'
  )
}
