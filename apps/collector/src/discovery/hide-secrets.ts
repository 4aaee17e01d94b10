import { variableName } from '@headroom/shared/variable-name.ts'
import { isRecord } from '../config/record.ts'
import { isSecretKey } from '../lib/secret-key.ts'
import { userInfoOf } from '../lib/user-info.ts'

/** Options without their secrets: each is `${NAME}` now, and `secrets` says what stood there. */
export type Hidden = { options: Record<string, unknown>; secrets: { name: string; value: string }[] }

/** Headers that say nothing secret; the value of any other may be a token. */
const PLAIN_HEADERS: ReadonlySet<string> = new Set([
  'accept',
  'accept-language',
  'cache-control',
  'content-type',
  'host',
  'origin',
  'referer',
  'user-agent',
])

const VARIABLE = /^\$\{[A-Za-z_][A-Za-z0-9_]*\}$/
/** Somebody typed it, and nobody can say what it is: so long, of letters and digits, it is taken for a token. */
const TOKEN_LIKE = /^(?=.*\d)(?=.*[a-z])[\w.~+/=-]{12,}$/i

/** Whether a parameter of an address is a token: by what it is called, or by what it looks like. */
export function isSecretParameter(key: string, value: string): boolean {
  return isSecretKey(key) || TOKEN_LIKE.test(value)
}

/** Whether who an address signs in as is a token rather than a name. */
export function isSecretUser(user: string): boolean {
  return TOKEN_LIKE.test(user)
}

/** Takes the secrets out of a source's options, to be written into headroom.yaml. */
export function hideSecrets(raw: Readonly<Record<string, unknown>>, system: string): Hidden {
  const secrets: Hidden['secrets'] = []
  const nameFor = (key: string, value: string): string => {
    const wanted = variableName(system, key)
    for (let number = 1; ; number++) {
      const name = number === 1 ? wanted : `${wanted}_${number}`
      const known = secrets.find((secret) => secret.name === name)
      if (known === undefined) secrets.push({ name, value })
      if (known === undefined || known.value === value) return `\${${name}}`
    }
  }
  const hidden = hide(raw, '', '', nameFor)
  return { options: isRecord(hidden) ? hidden : {}, secrets }
}

type NameFor = (key: string, value: string) => string

function hide(value: unknown, key: string, under: string, nameFor: NameFor): unknown {
  if (Array.isArray(value)) return value.map((entry) => hide(entry, key, under, nameFor))
  if (isRecord(value))
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, hide(entry, name, key, nameFor)]))
  if (typeof value === 'number' && isSecretKey(key)) return nameFor(key, String(value))
  if (typeof value !== 'string' || value === '' || VARIABLE.test(value)) return value
  if (isSecret(value, key, under)) {
    const scheme = /^((?:bearer|basic|token)\s+)(.+)$/i.exec(value)
    const [prefix, secret] = [scheme?.[1] ?? '', scheme?.[2] ?? value]
    return VARIABLE.test(secret) ? value : `${prefix}${nameFor(key, secret)}`
  }
  return hideInAddress(value, nameFor)
}

function isSecret(value: string, key: string, under: string): boolean {
  if (isSecretKey(key)) return true
  if (under === 'headers') return !PLAIN_HEADERS.has(key.toLowerCase())
  return under === 'query' && TOKEN_LIKE.test(value)
}

/** The password and the tokens in an address, all else left as it was typed. */
function hideInAddress(text: string, nameFor: NameFor): string {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return text
  const plain = withoutWho(text, nameFor)
  return plain.replaceAll(/([?&])([^=&#]+)=([^&#]+)/g, (whole, mark: string, key: string, value: string) =>
    VARIABLE.test(value) || !isSecretParameter(key, value) ? whole : `${mark}${key}=${nameFor(key, value)}`,
  )
}

/** A user goes where it is a token, a password always. Both as they were written, for they are read there again. */
function withoutWho(text: string, nameFor: NameFor): string {
  const found = userInfoOf(text)
  if (found === undefined) return text
  const { from, to, user, password } = found
  const shown = isSecretUser(user) ? nameFor('user', user) : user
  if (password === undefined || password === '')
    return `${text.slice(0, from)}${shown}${password === '' ? ':' : ''}${text.slice(to)}`
  const hidden = VARIABLE.test(password) ? password : nameFor('password', password)
  return `${text.slice(0, from)}${shown}:${hidden}${text.slice(to)}`
}

/** The variables that it reads, by name. */
export function variablesIn(value: unknown): string[] {
  if (typeof value === 'string')
    return [...value.matchAll(/(?<!\$)\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g)].flatMap(([, name]) => name ?? [])
  if (Array.isArray(value)) return [...new Set(value.flatMap(variablesIn))]
  return isRecord(value) ? [...new Set(Object.values(value).flatMap(variablesIn))] : []
}

/** Whether anything in it reads the environment. */
export function namesVariable(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('${')
  if (Array.isArray(value)) return value.some(namesVariable)
  return isRecord(value) && Object.values(value).some(namesVariable)
}
