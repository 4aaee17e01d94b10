const MOST = 3
/** The share of letter pairs two names must have in common to be taken for slips of each other. */
const ALIKE = 0.35

/** What was perhaps meant by a name that is not there: at most three, the likeliest first. */
export function nearNames<T>(wanted: string, candidates: readonly { name: string; of: T }[]): T[] {
  const best = new Map<T, number>()
  for (const { name, of } of candidates) best.set(of, Math.max(best.get(of) ?? 0, alike(wanted, name)))
  return [...best]
    .filter(([, score]) => score >= ALIKE)
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, MOST)
    .map(([of]) => of)
}

/** Dice's measure over pairs of letters, which forgives letters that are left out, added or changed places. */
function alike(a: string, b: string): number {
  const first = pairsOf(a)
  const second = pairsOf(b)
  const shared = [...first].filter((pair) => second.has(pair)).length
  return first.size + second.size === 0 ? 0 : (2 * shared) / (first.size + second.size)
}

/** With a space on either side, so that the first and last letter count as such. */
function pairsOf(text: string): Set<string> {
  const plain = ` ${text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .slice(0, 200)} `
  return new Set(Array.from({ length: Math.max(0, plain.length - 1) }, (_, index) => plain.slice(index, index + 2)))
}
