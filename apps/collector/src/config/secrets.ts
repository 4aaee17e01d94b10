import { isSecretKey } from '../lib/secret-key.ts'
import { decodePart, userInfoOf } from '../lib/user-info.ts'

const REPLACEMENT = '[secret]'
/** Shorter values would black out ordinary words and numbers. */
const SHORTEST = 4

/** The secret values of a configuration; kept apart from it, and never printed. */
export class Secrets {
  readonly #values = new Set<string>()
  #forms: string[] = []

  constructor(values: Iterable<string> = []) {
    for (const value of values) this.add(value)
  }

  add(value: string): void {
    if (value.length < SHORTEST || this.#values.has(value)) return
    // Read from a file it may end with a line feed, and be sent without.
    this.#values.add(value).add(value.trim())
    // Longest first: a secret that contains another must not leave its tail behind.
    this.#forms = [...new Set([...this.#values].filter((one) => one.length >= SHORTEST).flatMap(forms))].toSorted(
      (a, b) => b.length - a.length,
    )
  }

  get size(): number {
    return this.#values.size
  }

  /** The text with every secret, in the forms it travels in, replaced by `[secret]`. */
  redact(text: string): string {
    return this.#forms.reduce((clean, form) => clean.replaceAll(form, REPLACEMENT), text)
  }

  /** A copy of plain data with every string in it redacted, keys included; what a key says is secret is so however short. */
  redactDeep(value: unknown): unknown {
    if (typeof value === 'string') return this.redact(value)
    if (Array.isArray(value)) return value.map((entry) => this.redactDeep(entry))
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [
        this.redact(key),
        hidden(key, entry) ? REPLACEMENT : this.redactDeep(entry),
      ]),
    )
  }
}

function hidden(key: string, value: unknown): boolean {
  return typeof value === 'string' && value !== '' && isSecretKey(key)
}

/** As written, percent-encoded (both ways of writing a space), base64, base64url, and escaped as JSON. */
function forms(value: string): string[] {
  const encoded = encodeURIComponent(value.toWellFormed())
  const escaped = JSON.stringify(value).slice(1, -1)
  return [
    value,
    encoded,
    encoded.replaceAll('%20', '+'),
    encoded.replaceAll(/%[0-9A-F]{2}/g, (part) => part.toLowerCase()),
    new URLSearchParams({ v: value }).toString().slice(2),
    ...base64Forms(value),
    escaped,
  ].filter((form) => form.length >= SHORTEST)
}

/**
 * Base64 of the value alone, and the part of it that stays the same when other bytes stand before or after it, as
 * in `Authorization: Basic base64(user:password)`. What differs is at most a character at each end.
 */
function base64Forms(value: string): string[] {
  const bytes = Buffer.from(value, 'utf8')
  const whole = bytes.toString('base64')
  const shifted = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    const start = before === 0 ? 0 : before + 1
    const tail = (before + bytes.length) % 3 === 0 ? 0 : 1
    return text.slice(start, text.length - tail)
  })
  return [whole, ...shifted.filter((part) => part.length >= 8)].flatMap((text) => [
    text,
    text.replaceAll('+', '-').replaceAll('/', '_'),
  ])
}

/** Values written out in the file that are secrets all the same: by their key, or inside an address. */
export function literalSecrets(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return isSecretKey(key) ? [value, ...words(value)] : addressSecrets(value)
  if (Array.isArray(value)) return value.flatMap((entry) => literalSecrets(entry, key))
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([name, entry]) => literalSecrets(entry, name))
}

/** `Bearer abc` is shown nowhere, and neither is `abc`. */
function words(value: string): string[] {
  const rest = /^(?:bearer|basic|token)\s+(.+)$/i.exec(value)?.[1]
  return rest === undefined ? [] : [rest]
}

function addressSecrets(text: string): string[] {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return []
  const password = userInfoOf(text)?.password
  const query = [...(URL.parse(text)?.searchParams ?? [])]
    .filter(([name]) => isSecretKey(name))
    .map(([, value]) => value)
  return [...(password === undefined || password === '' ? [] : [decodePart(password)]), ...query]
}
