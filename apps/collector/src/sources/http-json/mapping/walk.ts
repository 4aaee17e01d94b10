import type { Labels } from '@headroom/shared/model/labels.ts'
import { isAdviceKey, readAdvice, type Advice } from './advice.ts'
import { isPeopleKey, isSummaryKey, looksLikeId } from './key-kinds.ts'
import { labelledEntry, labelledList, type Item } from './labelled.ts'
import { readScalar, type Ignored, type Leaf } from './leaf.ts'
import { figuresOf } from './many.ts'
import { recognise } from './recognise.ts'
import { pathOf } from './sanitise.ts'

export type Walked = { leaves: Leaf[]; ignored: Ignored[]; advice: Advice[]; /** Values not even looked at. */ dropped: number }

/** Where in the document we are. `raw` names every key and index on the way, `keys` only what a series is named after. */
type Place = { keys: readonly string[]; raw: readonly string[]; labels: Labels; people: boolean }

const MAX_DEPTH = 8
const MAX_LEAVES = 20_000
/** A dict with more keys of one kind than this is a collection, not a record. */
const MAX_KEYS = 30
const NOTHING: ReadonlySet<string> = new Set()

/**
 * Goes through a document once, in its own order, and lays out what is in it: scalars, labelled things, collections as
 * figures, advice. `taken` says which places somebody else has dealt with (`map`, `ignore`).
 */
export function walk(document: unknown, taken: (raw: readonly string[]) => boolean): Walked {
  const walked: Walked = { leaves: [], ignored: [], advice: [], dropped: 0 }
  visit(document, { keys: [], raw: [], labels: {}, people: false })
  return walked

  function visit(value: unknown, place: Place): void {
    if (taken(place.raw)) return
    if (walked.leaves.length >= MAX_LEAVES || place.raw.length > MAX_DEPTH) return void walked.dropped++
    if (Array.isArray(value)) visitList(value, place)
    else if (typeof value === 'object' && value !== null) visitDict(value, place, NOTHING)
    else if (place.keys.length > 0 || typeof value === 'number') add(readScalar(place.keys, value, place.labels))
  }

  function visitList(items: readonly unknown[], place: Place): void {
    const key = place.keys.at(-1) ?? ''
    const people = place.people || isPeopleKey(key)
    if (isAdviceKey(key) && !place.people) return void walked.advice.push(readAdvice(key, pathOf(place.keys), items))
    const things = people ? undefined : labelledList(key, items)
    if (things !== undefined) {
      if (recognise(place.keys, false) !== null) add({ keys: place.keys, labels: place.labels, value: items.length, kind: 'count' })
      for (const [index, thing] of things.entries()) visitThing(thing, place, String(index))
      return
    }
    const first = [...place.keys, '0']
    const isLoad = items.length === 3 && recognise(first, false)?.metric === 'load.1m'
    if (isLoad) add(readScalar(first, items[0], place.labels))
    else summarise(items, { ...place, people }, place.keys)
  }

  function visitDict(dict: object, place: Place, skip: ReadonlySet<string>): void {
    const key = place.keys.at(-1) ?? ''
    const people = place.people || isPeopleKey(key)
    const entries = Object.entries(dict).filter(([name]) => !skip.has(name)) as [string, unknown][]
    if (people && entries.length === 0) return summarise([], { ...place, people }, place.keys)
    const siblings = entries.map(([name]) => name)
    const many: unknown[] = []
    const plain: [string, unknown][] = []
    for (const [name, value] of entries) {
      const isKnown = recognise([...place.keys, name], false) !== null
      const thing = people || isKnown ? undefined : labelledEntry(key, name, value, siblings)
      if (thing !== undefined) visitThing(thing, place, name)
      else if (isOneOfMany(name, value, place.keys, people)) many.push(value)
      else plain.push([name, value])
    }
    const crowd = place.keys.length === 0 ? NOTHING : crowdOf(plain, place.keys)
    for (const [name, value] of plain) {
      if (crowd.has(name)) many.push(value)
      else visit(value, { keys: [...place.keys, name], raw: [...place.raw, name], labels: place.labels, people })
    }
    const alone = many.length === entries.length && place.keys.length > 0
    if (many.length > 0) summarise(many, { ...place, people }, alone ? place.keys : [...place.keys, 'other'])
  }

  function visitThing(thing: Item, place: Place, name: string): void {
    const inside = { ...place, raw: [...place.raw, name], labels: { ...place.labels, ...thing.labels } }
    if (typeof thing.value === 'object' && thing.value !== null && !Array.isArray(thing.value)) {
      if (!taken(inside.raw)) visitDict(thing.value, inside, thing.skip)
    } else visit(thing.value, inside)
  }

  function summarise(items: readonly unknown[], place: Place, keys: readonly string[]): void {
    const { count, figures } = figuresOf(items, place.people)
    add({ keys, labels: place.labels, value: count, kind: 'count' })
    for (const figure of figures) add({ keys: [...keys, ...figure.keys], labels: place.labels, value: figure.value, kind: 'figure' })
  }

  function add(found: Leaf | Ignored | undefined): void {
    if (found === undefined) return
    if ('reason' in found) walked.ignored.push(found)
    else walked.leaves.push(found)
  }
}

function isOneOfMany(name: string, value: unknown, keys: readonly string[], people: boolean): boolean {
  if (people) return !isSummaryKey(name)
  const holds = typeof value === 'number' || typeof value === 'object'
  return holds && looksLikeId(name) && recognise([...keys, name], false) === null
}

/** The keys of a dict that is a collection: more than a record has, all of numbers we do not know, or all of objects. */
function crowdOf(entries: readonly [string, unknown][], keys: readonly string[]): ReadonlySet<string> {
  if (entries.length <= MAX_KEYS) return NOTHING
  const unknown = entries.filter(([name, value]) => typeof value === 'number' && recognise([...keys, name], false) === null)
  const objects = entries.filter(([, value]) => typeof value === 'object' && value !== null)
  return new Set([...(unknown.length > MAX_KEYS ? unknown : []), ...(objects.length > MAX_KEYS ? objects : [])].map(([name]) => name))
}
