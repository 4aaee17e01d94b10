import { isSummaryKey, looksLikeId, speaksOfTheSystem } from './key-kinds.ts'
import { recognise } from './recognise.ts'

/** A dict with more keys of one kind than this is a collection, not a record. */
const MAX_KEYS = 30
const NOTHING: ReadonlySet<string> = new Set()

/** Whether a key names one of many, whose like will come and go: it is counted, and its name is not kept. */
export function isOneOfMany(name: string, value: unknown, keys: readonly string[], people: boolean): boolean {
  if (people) return !isSummaryKey(name)
  const holds = typeof value === 'number' || typeof value === 'object'
  return holds && looksLikeId(name) && recognise([...keys, name]) === null
}

/** The keys of a dict that is a collection: more than a record has, all of numbers we do not know, or all of objects. */
export function crowdOf(entries: readonly [string, unknown][], keys: readonly string[]): ReadonlySet<string> {
  if (entries.length <= MAX_KEYS) return NOTHING
  const unknown = entries.filter(([name, value]) => typeof value === 'number' && recognise([...keys, name]) === null)
  const objects = entries.filter(([, value]) => typeof value === 'object' && value !== null)
  return new Set(
    [...(unknown.length > MAX_KEYS ? unknown : []), ...(objects.length > MAX_KEYS ? objects : [])].map(
      ([name]) => name,
    ),
  )
}

/**
 * Keys under which the same record stands again and again, and none of which speaks of the system:
 * `{"mira": {"used": 1}, "tomas": {"used": 2}}` is a collection keyed by names that may be anybody's.
 */
export function alikeOf(entries: readonly [string, unknown][]): ReadonlySet<string> {
  const shapes = new Map<string, string[]>()
  for (const [name, value] of entries) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) continue
    const shape = Object.keys(value).toSorted().join('\n')
    if (shape !== '') shapes.set(shape, [...(shapes.get(shape) ?? []), name])
  }
  const collections = [...shapes.values()].filter((names) => names.length > 1 && !names.some(speaksOfTheSystem))
  return new Set(collections.flat())
}
