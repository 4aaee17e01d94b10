import { namesAPart, isPeopleKey, looksLikeId } from './key-kinds.ts'
import { keyWords } from './key-words.ts'
import { FAILURES, reasonIn, REASONS } from './reasons.ts'
import { isVerdict, stateOfWord } from './words-of-state.ts'
import { cleanLine } from './advice.ts'

/** A part of the system that a document speaks of, and how it is: well, not in use, somewhat ill, or not well. */
export type Check = { name: string; state: 'good' | 'off' | 'poor' | 'bad'; why: string | undefined }

/** Where documents keep what they have looked at: what stands there is named after parts of the system. */
const CHECKS: ReadonlySet<string> = new Set(
  'checks checkresults components services dependencies connectors indicators'.split(' '),
)
/** Where they do so as well, but what stands there may be anybody's. */
const PERHAPS: ReadonlySet<string> = new Set('results entries details info error health'.split(' '))
const NAMES = ['name', 'Name', 'check', 'component', 'label', 'CheckID', 'service'] as const
const STATES = 'status Status health state State healthy Healthy ok success up alive connected'.split(' ')
/** Fields that only a check has. */
const TELLING = ['healthy', 'CheckID', 'check', 'duration', 'data', 'Output', 'responseTime', 'latencyMs'] as const
/** Not well, but no reason to call the whole unhealthy where the document itself does not. */
const POOR = new Set('warn warning degraded yellow partial bad disconnected'.split(' '))
/** Not at work, which may be meant so. */
const OFF = new Set('disabled skipped unknown no false starting stopping stopped draining'.split(' '))
const MAX_CHECKS = 200
const MAX_DEPTH = 4

type Within = 'top' | 'checks' | 'perhaps'

/** Every check in a document, with what it says of itself where it is not well. */
export function checksOf(document: unknown): Check[] {
  return collect(document, '', 'top', MAX_DEPTH).slice(0, MAX_CHECKS)
}

/**
 * Whether a document is nothing but checks, beside text and moments: then they are its verdict where it has no word for
 * the whole.
 */
export function isOfChecks(document: unknown): boolean {
  if (typeof document !== 'object' || document === null || checksOf(document).length === 0) return false
  if (Array.isArray(document)) return document.every((item) => readCheck('', item) !== undefined)
  return Object.entries(document).every(
    ([key, value]) =>
      typeof value === 'string' ||
      value === null ||
      (typeof value === 'number' && /version|time|finished|at$/i.test(keyWords(key).words.at(-1) ?? '')) ||
      (typeof value === 'object' && within(key) !== 'top') ||
      (mayBeCheck(key, value, 'top') && readCheck(key, value) !== undefined),
  )
}

function within(key: string): Within {
  const plain = key.toLowerCase()
  return CHECKS.has(plain) ? 'checks' : PERHAPS.has(plain) ? 'perhaps' : 'top'
}

function collect(value: unknown, name: string, place: Within, depth: number): Check[] {
  if (depth === 0 || typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.slice(0, MAX_CHECKS).flatMap((item) => listed(item, name, place))
  return Object.entries(value)
    .slice(0, MAX_CHECKS)
    .flatMap(([key, inner]) => {
      if (FAILURES.has(key) || isPeopleKey(key) || looksLikeId(key)) return []
      const next = within(key)
      if (next !== 'top' && typeof inner === 'object') return collect(inner, key, next, depth - 1)
      if (!mayBeCheck(key, inner, place)) return []
      const own = Array.isArray(inner) ? worst(inner, key) : readCheck(key, inner)
      const parts = own === undefined ? [] : collect(inner, key, 'perhaps', depth - 1)
      // What stands within says it more exactly.
      const said = parts.filter(({ state }) => state !== 'good')
      return own === undefined ? [] : own.why === undefined && said.length > 0 ? said : [own]
    })
}

/** Whether what stands there may be named: under a word that speaks of the system, or as nothing but a check is. */
function mayBeCheck(key: string, value: unknown, place: Within): boolean {
  if ([...STATES, ...REASONS].includes(key)) return false
  if (place === 'checks') return typeof value !== 'boolean' || value
  if (Array.isArray(value) || typeof value === 'boolean') return false
  const telling = typeof value === 'object' && value !== null && TELLING.some((field) => Reflect.has(value, field))
  return telling || namesAPart(key) || (place === 'perhaps' && typeof value === 'object')
}

function listed(item: unknown, fallback: string, place: Within): Check[] {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return []
  if (place !== 'checks' && !TELLING.some((field) => field in item)) return []
  const named = nameOf(item)
  const check = readCheck(place === 'perhaps' || named === undefined ? fallback : named, item)
  return check === undefined ? [] : [check]
}

function nameOf(item: object): string | undefined {
  return NAMES.map((field) => Reflect.get(item, field) as unknown).find(
    (value): value is string => typeof value === 'string' && value !== '' && value.length <= 64 && !value.includes('@'),
  )
}

/** The entries of a list of checks under their names; undefined where it is no such list, or two are called the same. */
export function namedChecks(key: string, items: readonly unknown[]): Record<string, object> | undefined {
  if (within(key) !== 'checks' || items.length === 0) return undefined
  const named = items.flatMap((item): [string, object][] => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return []
    const name = nameOf(item)
    return name === undefined || readCheck(name, item) === undefined ? [] : [[name, item]]
  })
  const names = new Set(named.map(([name]) => name))
  return named.length === items.length && names.size === items.length ? Object.fromEntries(named) : undefined
}

/** Whether the entries of a dict are checks, each under its name, and not things that come and go. */
export function areChecks(key: string, entries: readonly (readonly [string, unknown])[]): boolean {
  return within(key) === 'checks' && entries.every(([name, value]) => readCheck(name, value) !== undefined)
}

function worst(items: readonly unknown[], name: string): Check | undefined {
  const checks = items.flatMap((item) => readCheck(name, item) ?? [])
  return (
    (['bad', 'poor', 'off'] as const)
      .map((ill) => checks.find(({ state }) => state === ill))
      .find((one) => one !== undefined) ?? checks[0]
  )
}

function readCheck(name: string, value: unknown): Check | undefined {
  if (typeof value === 'string') return wordCheck(name, value)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  for (const field of STATES) {
    const said: unknown = Reflect.get(value, field)
    if (typeof said === 'boolean') return { name, state: said ? 'good' : 'bad', why: reasonIn(value) }
    const state = typeof said === 'string' ? stateOfWord(said) : undefined
    if (typeof said === 'string' && state !== undefined)
      return { name, state: judged(state, said), why: reasonIn(value) ?? wordCheck(name, said)?.why }
  }
  return undefined
}

/** `ok`, `working`, or `unavailable: 92.3% RAM used`. */
function wordCheck(name: string, text: string): Check | undefined {
  const state = text.length > 300 ? undefined : (stateOfWord(text) ?? (isVerdict(text) ? 0 : undefined))
  if (state === undefined) return undefined
  const colon = text.indexOf(':')
  return {
    name,
    state: judged(state, colon === -1 ? text : text.slice(0, colon)),
    why: colon === -1 ? undefined : cleanLine(text.slice(colon + 1)),
  }
}

function judged(state: 0 | 1, word: string): Check['state'] {
  const plain = word.trim().toLowerCase()
  return state === 1 ? 'good' : OFF.has(plain) ? 'off' : POOR.has(plain) ? 'poor' : 'bad'
}
