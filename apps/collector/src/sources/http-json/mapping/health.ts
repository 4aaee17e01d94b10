import type { TextReading } from '@headroom/shared/model/reading.ts'
import { checksOf, isOfChecks, type Check } from './checks.ts'
import { reasonsAtTop } from './reasons.ts'
import { stateOfWord } from './words-of-state.ts'

/** What a document says of itself as a whole: fit, unfit (and by which key), or nothing. */
export type Health = { healthy: 0 | 1; key: string }

const STATUS_KEYS = ['status', 'health', 'state', 'status_code', 'statuscode'] as const
const YES_KEYS = ['healthy', 'ok', 'success', 'alive', 'up'] as const
const MAX_REASONS = 20

/**
 * Judges the top of a document. Anything but a good word, or a 2xx, as its status is unhealthy, and so is an `error` that
 * is not empty: many services answer 200 and put the truth in the body. One that has no word for the whole, and is
 * nothing but checks, is as well as they are.
 */
export function healthOf(document: unknown): Health | undefined {
  if (typeof document === 'string' || typeof document === 'boolean') return judge('status', document)
  if (typeof document !== 'object' || document === null) return undefined
  return Array.isArray(document) ? ofChecks(document) : (ofWords(document) ?? ofChecks(document))
}

function ofWords(document: object): Health | undefined {
  const fields = new Map(
    Object.entries(document)
      .slice(0, 1_000)
      .map(([key, value]) => [key.toLowerCase(), value as unknown]),
  )
  const said: Health[] = []
  if (isTrouble(fields.get('error'))) said.push({ healthy: 0, key: 'error' })
  for (const key of [...STATUS_KEYS, ...YES_KEYS]) {
    const verdict = judge(key, fields.get(key))
    if (verdict !== undefined) said.push(verdict)
  }
  return said.find(({ healthy }) => healthy === 0) ?? said[0]
}

function ofChecks(document: object): Health | undefined {
  if (!isOfChecks(document)) return undefined
  return { healthy: checksOf(document).some(({ state }) => state === 'bad') ? 0 : 1, key: 'checks' }
}

/**
 * How many of its parts a document calls ill without a word of it for the whole; undefined where it speaks of no parts.
 * Many services answer `ok` as soon as they answer, whatever they say of their database.
 */
export function unsaidOf(document: unknown, health: Health | undefined): number | undefined {
  const checks = checksOf(document)
  if (checks.length === 0) return undefined
  return health?.healthy === 0 ? 0 : checks.filter(isIll).length
}

/** Why not all is well by what a document says: its own words, and a line for each of its checks that is not. */
export function reasonsOf(document: unknown, health: Health | undefined): TextReading[] {
  if (typeof document !== 'object' || document === null) return []
  const checks = checksOf(document)
  const whole = health?.healthy === 0
  const lines = (whole ? (['bad', 'poor', 'off'] as const) : (['bad', 'poor'] as const)).flatMap((wanted) =>
    checks
      .filter(({ state }) => state === wanted)
      .map(({ name, why }) => (why === undefined ? name : `${name}: ${why}`)),
  )
  const own = whole && !Array.isArray(document) ? reasonsAtTop(document) : []
  const all = [...own.filter((words) => !lines.some((line) => line.endsWith(words))), ...lines]
  const different = [...new Set(all)].slice(0, MAX_REASONS)
  return different.length === 0
    ? []
    : [{ path: whole ? 'why it is not healthy' : 'what is not well in it', lines: different }]
}

function isIll({ state }: Check): boolean {
  return state === 'bad' || state === 'poor'
}

function judge(key: string, value: unknown): Health | undefined {
  const isStatus = (STATUS_KEYS as readonly string[]).includes(key)
  if (typeof value === 'boolean') return { healthy: value ? 1 : 0, key }
  if (typeof value === 'number' || (typeof value === 'string' && /^\d{3}$/.test(value.trim()))) {
    const code = Number(value)
    return isStatus && code >= 100 && code < 600 ? { healthy: code < 400 ? 1 : 0, key } : undefined
  }
  if (typeof value !== 'string' || value.trim() === '') return undefined
  const state = stateOfWord(value)
  if (state !== undefined) return { healthy: state, key }
  return isStatus && value.length <= 40 ? { healthy: 0, key } : undefined
}

function isTrouble(error: unknown): boolean {
  if (typeof error === 'string') return error.trim() !== '' && !/^(none|null|false|no)$/i.test(error.trim())
  if (typeof error === 'object' && error !== null) return Object.keys(error).length > 0
  return error === true || (typeof error === 'number' && error !== 0)
}
