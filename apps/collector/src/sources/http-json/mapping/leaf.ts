import type { Labels } from '@headroom/shared/model/labels.ts'
import { namesAPart } from './key-kinds.ts'
import { keyWords } from './key-words.ts'
import { readQuantity } from './quantity.ts'
import { recognise } from './recognise.ts'
import { isVerdict, STATE_KEYS, stateOfWord } from './words-of-state.ts'
import { splitWords } from './sanitise.ts'
import type { NamedUnit } from './units.ts'
import { IDENTIFIERS } from './words.ts'

/** A value found in a document, with the keys it stands under; labels stand beside, not in, the keys. */
export type Leaf = {
  keys: readonly string[]
  labels: Labels
  /** Where `map` and `ignore` find it, `*` where a label took a key; null: nowhere by itself. Absent: at its keys. */
  at?: readonly string[] | null | undefined
  /** Epoch ms for `moment`, 0 or 1 for `state`. */
  value: number
  /** The unit that the value itself names (`"83%"`); otherwise its keys say it. */
  unit?: NamedUnit
  /**
   * `number` may be known by its name; `figure` is a sum or maximum of many and never is; `count` counts a list and is
   * known by the list's name; `moment` is a point in time; `state` a boolean or a word for one.
   */
  kind: 'number' | 'figure' | 'count' | 'moment' | 'state'
}

export type Ignored = { keys: readonly string[]; reason: string; place?: string | null | undefined }

/** Stands for a bare NaN or Infinity that the text held: no JSON, but many services write it. */
export const NOT_A_NUMBER = '\u0000not a number'

const ISO_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?( ?Z| ?UTC| ?GMT|[+-]\d\d:?\d\d)$/
const TIME_NOWHERE = /^\d{4}-\d\d-\d\d(T|,? )\d\d:\d\d(:\d\d(\.\d+)?)?$/
const EPOCH_SECONDS = 1e9
const EPOCH_MS = 1e12

/** What a scalar is; undefined for text that says nothing to us, and for null. */
export function readScalar(keys: readonly string[], value: unknown, labels: Labels): Leaf | Ignored | undefined {
  switch (typeof value) {
    case 'number':
      return readNumber(keys, value, labels)
    case 'boolean':
      return { keys, labels, value: value ? 1 : 0, kind: 'state' }
    case 'string':
      return readText(keys, value, labels)
    default:
      return undefined
  }
}

function readNumber(keys: readonly string[], value: number, labels: Labels): Leaf | Ignored {
  if (!Number.isFinite(value)) return { keys, reason: 'not a finite number' }
  const known = recognise(keys, labels.status)
  if (known?.kind === 'moment') {
    return value >= EPOCH_SECONDS
      ? { keys, labels, value: value >= EPOCH_MS ? value : value * 1_000, kind: 'moment' }
      : { keys, labels, value, kind: 'number' }
  }
  if (known === null && isIdentifier(keys.at(-1) ?? '', value))
    return { keys, reason: 'an identifier or a moment, not a measure' }
  return { keys, labels, value, kind: 'number' }
}

function readText(keys: readonly string[], text: string, labels: Labels): Leaf | Ignored | undefined {
  if (text === NOT_A_NUMBER) return { keys, reason: 'NaN or Infinity, not a number' }
  const key = keys.at(-1) ?? ''
  if (isVerdict(text) && namesAPart(key)) return stateLeaf(keys, text, labels)
  if (text.length > 200) return undefined
  if (ISO_TIME.test(text)) {
    const at = Date.parse(text.replace(' ', 'T').replace(/ ?(UTC|GMT|Z)$/, 'Z'))
    return recognise(keys)?.kind === 'moment' && Number.isFinite(at)
      ? { keys, labels, value: at, kind: 'moment' }
      : undefined
  }
  const quantity = readQuantityLeaf(keys, text, labels)
  if (quantity !== undefined) return quantity
  if (TIME_NOWHERE.test(text) && recognise(keys)?.kind === 'moment')
    return { keys, reason: 'a time that does not say its zone' }
  return STATE_KEYS.has(splitWords(key).at(-1) ?? '') ? stateLeaf(keys, text, labels) : undefined
}

/** A number in a text counts where it says itself what it measures, or where its name is known. */
function readQuantityLeaf(keys: readonly string[], text: string, labels: Labels): Leaf | Ignored | undefined {
  const quantity = readQuantity(text)
  if (quantity === undefined || isIdentifier(keys.at(-1) ?? '', 0)) return undefined
  const { value, unit, sure } = quantity
  const known = recognise(keys, labels.status, unit)
  if (!sure && known === null) return { keys, reason: 'a number in a string; `map` can read it' }
  if (known?.kind === 'moment') return readNumber(keys, value, labels)
  return { keys, labels, value, kind: 'number', ...(unit === undefined ? {} : { unit }) }
}

function stateLeaf(keys: readonly string[], text: string, labels: Labels): Leaf | undefined {
  const state = stateOfWord(text)
  return state === undefined ? undefined : { keys, labels, value: state, kind: 'state' }
}

/** Words of moments: a great number under one of them is a time since 1970. */
const MOMENTS: ReadonlySet<string> = new Set(
  'time now at since updated checked utc spawn seen heartbeat modified created started finished activity run login'.split(
    ' ',
  ),
)

/** Whether a number is a name or a moment, and no measure. */
export function isIdentifier(key: string, value: number): boolean {
  const { words } = keyWords(key)
  // `build_number` and `buildNo` are builds.
  const last = words.findLast((word) => word !== 'count' && word !== 'no') ?? ''
  return IDENTIFIERS.has(last) || (value >= EPOCH_SECONDS && MOMENTS.has(words.at(-1) ?? ''))
}
