import { assumedScheme } from '@headroom/shared/assumed-scheme.ts'

/** What somebody typed as an address, as far as it can be told before asking. */
export type Address =
  | { kind: 'empty' }
  | { kind: 'wrong'; message: string }
  /** `shown` is what will be asked, without secrets; `secrets` are the names of what is left out of the file. */
  | { kind: 'address'; sent: string; shown: string; secrets: string[]; usualPages: boolean }

const MOST = 2_000
const SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i
const SECRET =
  /token|secret|passw|api[-_]?key|bearer|authorization|credential|signature|private[-_]?key|^(?:key|sig|auth|pwd)$/i

/** Reads an address as people type and paste it: `localhost:3000`, `"https://app.example.com/health",`. */
export function readAddress(typed: string): Address {
  const text = typed.trim().replaceAll(/^[<"'`(]+|[>"'`),;]+$/g, '')
  if (text === '') return { kind: 'empty' }
  if (text.length > MOST)
    return wrong(`This is longer than ${MOST.toLocaleString()} characters: give the address alone.`)
  if (/\s/.test(text)) return wrong('There is a space in it: give one address, such as localhost:3000/health.')
  const scheme = SCHEME.exec(text)?.[1]?.toLowerCase()
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https')
    return wrong(`Headroom asks by http or https, not by ${scheme}. Give the address of a page that answers with JSON.`)
  const url = URL.parse(scheme === undefined ? `${assumedScheme(text)}://${text}` : text)
  if (url === null || url.hostname === '')
    return wrong('This is no address. Write it as localhost:3000 or https://app.example.com/health.')
  return { kind: 'address', sent: text, ...withoutSecrets(url), usualPages: url.pathname === '/' }
}

function wrong(message: string): Address {
  return { kind: 'wrong', message }
}

function withoutSecrets(url: URL): { shown: string; secrets: string[] } {
  const secrets = [...new Set(url.searchParams.keys())].filter((key) => SECRET.test(key))
  const plain = new URL(url)
  plain.hash = ''
  for (const key of secrets) plain.searchParams.delete(key)
  if (plain.password === '') return { shown: plain.href, secrets }
  plain.password = ''
  return { shown: plain.href, secrets: [...secrets, 'password'] }
}

/** The same server without a page, where the usual pages are tried too. */
export function originOf(typed: string): string | undefined {
  const address = readAddress(typed)
  const url = address.kind === 'address' ? URL.parse(address.shown) : null
  return url === null || url.pathname === '/' ? undefined : url.origin
}
