import uFuzzy from '@leeoniya/ufuzzy'
import type { Item } from './item.ts'

/** Names are written in any script. */
const UNICODE = {
  unicode: true,
  interSplit: "[^\\p{L}\\d']+",
  intraSplit: '\\p{Ll}\\p{Lu}',
  intraBound: '\\p{L}\\d|\\d\\p{L}|\\p{Ll}\\p{Lu}',
  intraChars: "[\\p{L}\\d']",
  intraContr: "'\\p{L}{1,2}\\b",
}
/** As it was typed; with a slip of a finger; with letters left out. The first that finds anything counts. */
const MATCHERS = [
  new uFuzzy(UNICODE),
  // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- a constant enum of a declaration cannot be named here
  new uFuzzy({ ...UNICODE, intraMode: 1, intraIns: 1, intraSub: 1, intraTrn: 1, intraDel: 1 }),
  new uFuzzy({ ...UNICODE, intraIns: Number.POSITIVE_INFINITY }),
]
/** Words may come in any order; more of them than this are taken in the order they were typed. */
const MOST_WORDS = 4
const RANKED = 5_000

export type Search = (typed: string, most: number) => Item[]

/** Prepares items to be searched: the best come first, and among equals those used lately, then the given order. */
export function searchItems(items: readonly Item[], recent: readonly string[]): Search {
  const texts = items.map(({ name, where = '', words = '' }) => uFuzzy.latinize(`${name} ${where} ${words}`))
  const names = items.map(({ name }) => uFuzzy.latinize(name))
  return (typed, most) => {
    const needle = uFuzzy.latinize(typed.trim())
    for (const matcher of MATCHERS) {
      // What is found by its name stands before what is found by the words around it.
      const order = [...new Set([...found(matcher, names, needle), ...found(matcher, texts, needle)])]
      if (order.length > 0) return usedFirst(order, items, names, needle, recent).slice(0, most)
    }
    return []
  }
}

function found(matcher: uFuzzy, haystack: string[], needle: string): number[] {
  const [indexes, info, order] = matcher.search(haystack, needle, MOST_WORDS, RANKED)
  if (indexes === null) return []
  return info === null ? indexes : order.flatMap((place) => info.idx[place] ?? [])
}

/** Of those whose name begins with what was typed, what was used lately comes first. */
function usedFirst(
  order: readonly number[],
  items: readonly Item[],
  names: readonly string[],
  needle: string,
  recent: readonly string[],
): Item[] {
  const begins = (index: number): boolean => (names[index] ?? '').toLowerCase().startsWith(needle.toLowerCase())
  const rank = (index: number): number => {
    const used = recent.indexOf(items[index]?.id ?? '')
    return !begins(index) ? recent.length + 1 : used === -1 ? recent.length : used
  }
  return order.toSorted((a, b) => rank(a) - rank(b)).flatMap((index) => items[index] ?? [])
}
