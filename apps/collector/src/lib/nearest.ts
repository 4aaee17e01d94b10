/**
 * How many single-character mistakes lie between two words: a letter too many, too few, another, or two swapped.
 * Stops counting beyond `most`.
 */
export function editDistance(a: string, b: string, most = Number.POSITIVE_INFINITY): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let cost = Math.min(at(row, j) + 1, at(next, j - 1) + 1, at(row, j - 1) + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, at(before, j - 2) + 1)
      next.push(cost)
    }
    before = row
    row = next
  }
  return at(row, b.length)
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY
}

/** The known word a mistyped one was meant to be, or undefined where none is near enough to be worth naming. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const plain = simplify(word)
  const most = Math.max(1, Math.floor(plain.length / 3))
  let best: { word: string; distance: number } | undefined
  for (const candidate of known) {
    const other = simplify(candidate)
    const started = plain.length >= 3 && (other.startsWith(plain) || plain.startsWith(other)) && other.length >= 3
    const distance = Math.min(editDistance(plain, other, most), started ? most : Number.POSITIVE_INFINITY)
    if (distance <= most && (best === undefined || distance < best.distance)) best = { word: candidate, distance }
  }
  return best?.word
}

/** Case and the sign between words are the commonest mistakes, and count for nothing. */
function simplify(word: string): string {
  return word.toLowerCase().replaceAll(/[-_ ]/g, '').slice(0, 100)
}

/** `did you mean "every"?`, or undefined. */
export function didYouMean(word: string, known: Iterable<string>): string | undefined {
  const near = nearest(word, known)
  return near === undefined ? undefined : `did you mean ${JSON.stringify(near)}?`
}
