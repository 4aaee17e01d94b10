import { takeUnit, type NamedUnit } from './units.ts'
import { SYNONYMS } from './words.ts'

/** A key as read: its words in canonical form, and the unit it names. */
export type KeyWords = { words: readonly string[]; unit?: NamedUnit }

const REMEMBERED = 10_000
const memory = new Map<string, KeyWords>()

/** `memoryUsageMB`, `memory-usage-mb`, `memory_usage_mb` and `Memory usage (MB)` are one name. */
export function keyWords(key: string): KeyWords {
  const known = memory.get(key)
  if (known !== undefined) return known
  const read = readKey(key)
  // Documents repeat themselves; keys that never come again must not pile up.
  if (memory.size >= REMEMBERED) memory.clear()
  memory.set(key, read)
  return read
}

function readKey(key: string): KeyWords {
  const { words, unit } = takeUnit(splitKey(key))
  const canonical = words.map((word) => (Object.hasOwn(SYNONYMS, word) ? (SYNONYMS[word] ?? word) : word))
  return unit === undefined ? { words: canonical } : { words: canonical, unit }
}

function splitKey(key: string): string[] {
  return (
    key
      .slice(0, 200)
      .replace(/%/g, ' percent ')
      .replace(/([KMGT])iB(?![a-z])/g, '_$1ib')
      // `errors429`, `http503`: a status behind its word.
      .replace(/([A-Za-z])([45]\d\d)(?!\d)/g, '$1_$2')
      .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
      .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .filter((word) => word !== '')
  )
}
