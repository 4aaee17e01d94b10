import { isSummaryKey } from './key-kinds.ts'

const MAX_LENGTH = 300
const PAIR = /\s*([A-Za-z][A-Za-z ]*):\s*(-?\d+(?:\.\d+)?)(?:\s*[,;]|(?=\s)|$)/gy

/**
 * The figures of a text that is nothing but `Pool size: 5  Connections in pool: 3`; undefined for any other. Only names out
 * of the known vocabulary count: another may be somebody's.
 */
export function pairsOf(text: string): Record<string, number> | undefined {
  if (text.length > MAX_LENGTH || !text.includes(':')) return undefined
  const pairs: [string, number][] = []
  let end = 0
  for (const match of text.trim().matchAll(PAIR)) {
    const name = (match[1] ?? '').trim().toLowerCase()
    if (!isSummaryKey(name)) return undefined
    pairs.push([name, Number(match[2])])
    end = match.index + match[0].length
  }
  return pairs.length > 1 && end === text.trim().length ? Object.fromEntries(pairs) : undefined
}
