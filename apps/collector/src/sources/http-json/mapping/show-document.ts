import { isSecretKey } from '../../../lib/secret-key.ts'
import { cleanLine, isAdviceKey } from './advice.ts'
import { areChecks, checksOf, namedChecks } from './checks.ts'
import { healthOf } from './health.ts'
import { isPeopleKey, isPeopleWord, isSummaryKey, looksLikeId, speaksOfTheSystem } from './key-kinds.ts'
import { labelledEntry, labelledList } from './labelled.ts'
import { alikeOf, crowdOf, isOneOfMany } from './one-of-many.ts'
import { readQuantity } from './quantity.ts'
import { reasonsAtTop } from './reasons.ts'
import { splitWords } from './sanitise.ts'
import { stateOfWord } from './words-of-state.ts'

export type Shown = {
  document: unknown
  /** How many values were taken out. */
  removed: number
}

/** Stands where something was taken out. */
export const REMOVED = '[removed]'

type Place = { keys: readonly string[]; people: boolean; advice: boolean; fields: ReadonlySet<string> }

const MAX_DEPTH = 12
const NOTHING: ReadonlySet<string> = new Set()

/** A number with its unit, a moment, a version: text that says nothing of anybody. */
const PLAIN: readonly RegExp[] = [
  /^\s*[-+]?\d+([.,]\d+)?\s*(%|[a-zA-Z]{1,7})?\s*$/,
  /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/,
  /^v?\d+(\.\d+){1,3}([-+.][a-z0-9.]{1,12})?$/i,
]
/** `00:00:00.0812`, a time of day or a length of time. */
const CLOCK = /^\d{1,2}:\d\d:\d\d(\.\d+)?$/
/** Keys whose text names a part of the system and nobody. */
const TECHNICAL: ReadonlySet<string> = new Set(
  'status state health version environment env region zone service app application component host hostname mode type kind level severity unit timezone platform os arch runtime framework engine driver backend database dialect model provider python node redis path endpoint method queue pool disk mount interface worker instance replica'.split(
    ' ',
  ),
)
const MESSAGE_FIELDS: ReadonlySet<string> = new Set(
  'message text description recommendation suggestion detail title summary reason action severity level priority type'.split(
    ' ',
  ),
)
const MAX_TEXT = 300
const ADDRESS = /^[a-z][a-z0-9+.-]*:\/\/\S+$/i

/**
 * A document as it may be shown: numbers under names that are the system's, and text that says nothing of anybody. It
 * takes the same things for people, and for one of many, as the walk that makes series of them: what that does not keep
 * the name of is not shown. `clean` takes secrets out of a text. Pure.
 */
export function showDocument(document: unknown, clean: (text: string) => string): Shown {
  const shower = new Shower(clean, saidOfChecks(document))
  const shown = shower.show(document, { keys: [], people: false, advice: false, fields: NOTHING })
  return { document: shown, removed: shower.removed }
}

class Shower {
  removed = 0
  readonly #clean: (text: string) => string
  readonly #said: ReadonlySet<string>

  constructor(clean: (text: string) => string, said: ReadonlySet<string>) {
    this.#clean = clean
    this.#said = said
  }

  show(value: unknown, place: Place): unknown {
    if (place.keys.length > MAX_DEPTH) return this.#out()
    if (Array.isArray(value)) return this.#list(value, place)
    if (typeof value === 'object' && value !== null) return this.#dict(value, place)
    return typeof value === 'string' ? this.#text(value, place) : value
  }

  #out(count = 1): string {
    this.removed += count
    return REMOVED
  }

  #list(items: readonly unknown[], place: Place): unknown {
    const key = place.keys.at(-1) ?? ''
    if (place.people || isPeopleKey(key)) return items.length === 0 ? [] : this.#out(items.length)
    const advice = place.advice || isAdviceKey(key)
    const things = labelledList(key, items)
    const common = commonFields(items)
    const whole = advice || namedChecks(key, items) !== undefined
    const shown = items.map((item, index) => {
      const thing = things?.[index]
      if (typeof item !== 'object' || item === null || Array.isArray(item)) return this.show(item, { ...place, advice })
      const entries = Object.entries(item)
      const kept = thing === undefined && !whole ? entries.filter(([name]) => common.has(name)) : entries
      return this.#entries(kept, entries.length - kept.length, { ...place, advice, fields: thing?.skip ?? NOTHING })
    })
    // A column of nothing but gaps says no more than one.
    return shown.length > 1 && shown.every((item) => item === REMOVED) ? REMOVED : shown
  }

  #dict(dict: object, place: Place): unknown {
    const key = place.keys.at(-1) ?? ''
    const people = place.people || isPeopleKey(key)
    const entries = Object.entries(dict)
    const names = entries.map(([name]) => name)
    const parts = entries.filter(([name, value]) => {
      if (people) return isSummaryKey(name) || isPeopleWord(name)
      if (labelledEntry(key, name, value, names) !== undefined) return true
      return !isOneOfMany(name, value, place.keys, false) && !(typeof value === 'string' && looksLikeId(name))
    })
    const crowd = place.keys.length === 0 ? NOTHING : crowdOf(parts, place.keys)
    const alike = areChecks(key, parts) ? NOTHING : alikeOf(parts)
    const kept = parts.filter(([name, value]) => {
      if (labelledEntry(key, name, value, names) !== undefined && !people) return true
      return !crowd.has(name) && !alike.has(name)
    })
    return this.#entries(kept, entries.length - kept.length, { ...place, people })
  }

  #entries(entries: readonly (readonly [string, unknown])[], left: number, place: Place): Record<string, unknown> {
    this.removed += left
    const shown = entries.map(([name, value]) => [this.#clean(name), this.#entry(name, value, place)] as const)
    return Object.fromEntries(left === 0 ? shown : [...shown, [REMOVED, left === 1 ? '1 entry' : `${left} entries`]])
  }

  #entry(name: string, value: unknown, { keys, people, advice, fields }: Place): unknown {
    if (typeof value === 'string' && isSecretKey(name)) return this.#out()
    const message = advice && MESSAGE_FIELDS.has(name)
    // What names a thing is its label, which every screen shows.
    if (typeof value === 'string' && (fields.has(name) || message)) return this.#cleaned(value)
    return this.show(value, { keys: [...keys, name], people, advice: false, fields: NOTHING })
  }

  #text(text: string, { keys, people, advice }: Place): string {
    if (text === '' || stateOfWord(text) !== undefined || isPlain(text)) return this.#cleaned(text)
    const line = people ? undefined : cleanLine(text)
    if (line !== undefined && this.#said.has(line)) return this.#cleaned(line)
    const technical = TECHNICAL.has(splitWords(keys.at(-1) ?? '').at(-1) ?? '')
    const says =
      !people && (advice || (technical && text.length <= MAX_TEXT && (ADDRESS.test(text) || !looksLikeId(text))))
    return says ? this.#cleaned(text) : this.#out()
  }

  #cleaned(text: string): string {
    const clean = this.#clean(text)
    if (clean !== text) this.removed += 1
    return clean
  }
}

function isPlain(text: string): boolean {
  return PLAIN.some((shape) => shape.test(text)) || readQuantity(text)?.sure === true || CLOCK.test(text)
}

/** What is on the screens anyway: what the checks are called, and why they say that they are not well. */
function saidOfChecks(document: unknown): ReadonlySet<string> {
  const checks = checksOf(document).flatMap(({ name, why }) => [name, why ?? ''])
  const top =
    healthOf(document)?.healthy === 0 && typeof document === 'object' && document !== null && !Array.isArray(document)
      ? reasonsAtTop(document)
      : []
  return new Set([...checks, ...top].filter((line) => line !== ''))
}

/** Of a list's items, the keys that are of the kind and not of the item: `[{anna: 3}, {bob: 5}]` has none. */
function commonFields(items: readonly unknown[]): ReadonlySet<string> {
  const counts = new Map<string, number>()
  const records = items.filter((item) => typeof item === 'object' && item !== null && !Array.isArray(item))
  for (const item of records) for (const name of Object.keys(item ?? {})) counts.set(name, (counts.get(name) ?? 0) + 1)
  const common = [...counts].filter(
    ([name, count]) => !looksLikeId(name) && (speaksOfTheSystem(name) || (count > 1 && 2 * count > records.length)),
  )
  return new Set(common.map(([name]) => name))
}
