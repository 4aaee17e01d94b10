import type { Labels } from '@headroom/shared/model/labels.ts'
import { isAdviceKey, readAdvice, type Advice } from './advice.ts'
import { areChecks, namedChecks } from './checks.ts'
import { isPeopleKey, isStatusCode } from './key-kinds.ts'
import { isQueueName, labelledEntry, labelledList, type Item } from './labelled.ts'
import { readScalar, type Ignored, type Leaf } from './leaf.ts'
import { figuresOf } from './many.ts'
import { observedOf } from './observed.ts'
import { alikeOf, crowdOf, isOneOfMany } from './one-of-many.ts'
import { recognise } from './recognise.ts'
import { ANY, pathOf, patternOf, splitWords } from './sanitise.ts'
import { pairsOf } from './text-pairs.ts'
import { STATES_COUNTED } from './words.ts'

export type Walked = {
  leaves: Leaf[]
  ignored: Ignored[]
  advice: Advice[]
  /** Values not even looked at. */ dropped: number
}

/**
 * Where in the document we are. `raw` names every key and index on the way, `keys` only what a series is named after.
 * Where the two differ, `at` is `raw` with `*` for what became a label; null within a text that was taken apart.
 */
type Place = {
  keys: readonly string[]
  raw: readonly string[]
  at: Leaf['at']
  labels: Labels
  people: boolean
}

const MAX_DEPTH = 8
const MAX_LEAVES = 20_000
const NOTHING: ReadonlySet<string> = new Set()
const NAMING: ReadonlySet<string> = new Set(['name', 'Name', 'label'])

/**
 * Goes through a document once, in its own order, and lays out what is in it: scalars, labelled things, collections as
 * figures, advice. `taken` says which places somebody else has dealt with (`map`, `ignore`).
 */
export function walk(document: unknown, taken: (raw: readonly string[]) => boolean): Walked {
  const walker = new Walker(taken)
  walker.visit(document, { keys: [], raw: [], at: undefined, labels: {}, people: false })
  return walker.walked
}

class Walker {
  readonly walked: Walked = { leaves: [], ignored: [], advice: [], dropped: 0 }
  readonly #taken: (raw: readonly string[]) => boolean

  constructor(taken: (raw: readonly string[]) => boolean) {
    this.#taken = taken
  }

  visit(value: unknown, place: Place): void {
    if (this.#taken(place.raw)) return
    if (this.walked.leaves.length >= MAX_LEAVES || place.raw.length > MAX_DEPTH) return void this.walked.dropped++
    if (Array.isArray(value)) this.#visitList(value, place)
    else if (typeof value === 'object' && value !== null) this.#visitDict(value, place, NOTHING)
    else if (typeof value === 'string' && pairsOf(value) !== undefined)
      this.#visitDict(pairsOf(value) ?? {}, { ...place, at: null }, NOTHING)
    else if (place.keys.length > 0 || typeof value === 'number')
      this.#add(readScalar(place.keys, value, place.labels), place.at)
  }

  #visitList(items: readonly unknown[], place: Place): void {
    const key = place.keys.at(-1) ?? ''
    const people = place.people || isPeopleKey(key)
    if (isAdviceKey(key) && !place.people)
      return void this.walked.advice.push(readAdvice(key, pathOf(place.keys), items))
    if (!people) this.#countStates(items, place)
    const observed = people ? undefined : observedOf(place.keys, items, place.labels)
    if (observed !== undefined) return void this.walked.leaves.push(...observed)
    const checks = people ? undefined : namedChecks(key, items)
    if (checks !== undefined) return this.#visitChecks(checks, place)
    const things = people ? undefined : labelledList(key, items)
    if (things !== undefined) {
      if (isCounted(things[0], place.keys))
        this.#add({ keys: place.keys, labels: place.labels, value: items.length, kind: 'count' }, place.at)
      for (const [index, thing] of things.entries()) this.#visitThing(thing, place, String(index))
      return
    }
    const first = [...place.keys, '0']
    const isLoad = items.length === 3 && recognise(first)?.metric === 'load.1m'
    if (isLoad && this.#taken([...place.raw, '0'])) return
    if (isLoad) this.#add(readScalar(first, items[0], place.labels), further(place.at, '0'))
    else this.#summarise(items, { ...place, people }, place.keys, place.at)
  }

  /** A list of checks is read as if each stood under its name. */
  #visitChecks(checks: Readonly<Record<string, object>>, place: Place): void {
    for (const [index, [name, check]] of Object.entries(checks).entries()) {
      const raw = [...place.raw, String(index)]
      const at = place.at === null ? null : [...(place.at ?? place.raw), String(index)]
      if (!this.#taken(raw)) this.#visitDict(check, { ...place, keys: [...place.keys, name], raw, at }, NAMING)
    }
  }

  #visitDict(dict: object, place: Place, skip: ReadonlySet<string>): void {
    const key = place.keys.at(-1) ?? ''
    const people = place.people || isPeopleKey(key)
    const entries = Object.entries(dict).filter(([name]) => !skip.has(name)) as [string, unknown][]
    if (people && entries.length === 0) return this.#summarise([], { ...place, people }, place.keys, null)
    const siblings = entries.map(([name]) => name)
    const many: unknown[] = []
    const plain: [string, unknown][] = []
    const things: Item[] = []
    for (const [name, value] of entries) {
      const isKnown = !isStatusCode(name) && !isQueueName(name) && recognise([...place.keys, name]) !== null
      const thing = people || isKnown ? undefined : this.#thingIn(place, name, value, siblings)
      if (thing !== undefined) {
        this.#visitThing(thing, place, name)
        things.push(thing)
      } else if (isOneOfMany(name, value, place.keys, people)) many.push(value)
      else plain.push([name, value])
    }
    if (things.length === entries.length) this.#countThings(things, place)
    const crowd = place.keys.length === 0 ? NOTHING : crowdOf(plain, place.keys)
    const alike = areChecks(key, plain)
      ? NOTHING
      : alikeOf(plain.filter(([name, value]) => !this.#reachesInto(value, [...place.raw, name])))
    for (const [name, value] of plain) {
      if (crowd.has(name) || alike.has(name)) many.push(value)
      else {
        const [keys, raw, at] = [[...place.keys, name], [...place.raw, name], further(place.at, name)]
        this.visit(value, { keys, raw, at, labels: place.labels, people })
      }
    }
    const alone = many.length === entries.length && place.keys.length > 0
    if (many.length > 0)
      this.#summarise(many, { ...place, people }, alone ? place.keys : [...place.keys, 'other'], null)
  }

  /** `workers: {w1: {state: ...}, w2: {state: ...}}` are two workers. */
  #countThings(things: readonly Item[], place: Place): void {
    const values = things.map(({ value }) => value)
    if (!isCounted(things[0], place.keys) || values.some((value) => stateWordOf(value) === undefined)) return
    this.#countStates(values, place)
    this.#add({ keys: place.keys, labels: place.labels, value: values.length, kind: 'count' }, null)
  }

  /** A thing has its label once: what stands in a worker is not a worker. */
  #thingIn(place: Place, name: string, value: unknown, siblings: readonly string[]): Item | undefined {
    const thing = labelledEntry(place.keys.at(-1) ?? '', name, value, siblings)
    return thing === undefined || Object.keys(thing.labels).some((label) => Object.hasOwn(place.labels, label))
      ? undefined
      : thing
  }

  /** Of many that each say what they are doing, how many are at it. */
  #countStates(items: readonly unknown[], place: Place): void {
    if (items.length === 0 || recognise(place.keys) === null) return
    const said = items.map(stateWordOf)
    if (said.some((word) => word === undefined)) return
    for (const [name, words] of Object.entries(STATES_COUNTED)) {
      const keys = [...place.keys, name]
      const value = said.filter((word) => word !== undefined && words.has(word)).length
      if (recognise(keys) !== null) this.#add({ keys, labels: place.labels, value, kind: 'count' }, null)
    }
  }

  /** Whether somebody else (`map`, `ignore`) has dealt with what stands right inside. */
  #reachesInto(value: unknown, raw: readonly string[]): boolean {
    return typeof value === 'object' && value !== null && Object.keys(value).some((name) => this.#taken([...raw, name]))
  }

  #visitThing(thing: Item, place: Place, name: string): void {
    const { raw, at, labels } = place
    const within = {
      ...place,
      raw: [...raw, name],
      at: at === null ? null : [...(at ?? raw), ANY],
      labels: { ...labels, ...thing.labels },
    }
    if (typeof thing.value === 'object' && thing.value !== null && !Array.isArray(thing.value)) {
      if (!this.#taken(within.raw)) this.#visitDict(thing.value, within, thing.skip)
    } else this.visit(thing.value, within)
  }

  /** `at` is where the list stands; how many there are can be had there, what they add up to nowhere. */
  #summarise(items: readonly unknown[], place: Place, keys: readonly string[], at: Place['at']): void {
    const { count, figures } = figuresOf(items, place.people)
    this.#add({ keys, labels: place.labels, value: count, kind: 'count' }, at)
    for (const figure of figures)
      this.#add({ keys: [...keys, ...figure.keys], labels: place.labels, value: figure.value, kind: 'figure' }, null)
  }

  #add(found: Leaf | Ignored | undefined, at: Place['at']): void {
    if (found === undefined) return
    if ('reason' in found)
      this.walked.ignored.push({ ...found, place: at === undefined || at === null ? at : patternOf(at) })
    else this.walked.leaves.push({ ...found, at })
  }
}

function further(at: Place['at'], name: string): Place['at'] {
  return at === undefined || at === null ? at : [...at, name]
}

/** Whether how many there are is a metric. So many queues are not a queue so long. */
function isCounted(first: Item | undefined, keys: readonly string[]): boolean {
  const known = recognise(keys)
  return first !== undefined && known !== null && known.metric !== 'queue.length'
}

function stateWordOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined
  const field = Object.entries(item).find(
    ([name, value]) => typeof value === 'string' && ['state', 'status'].includes(splitWords(name).at(-1) ?? ''),
  )
  return field === undefined ? undefined : String(field[1]).trim().toLowerCase()
}
