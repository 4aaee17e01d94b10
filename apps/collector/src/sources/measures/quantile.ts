/** So many values lay above `lower` and up to `upper`; the ends may be infinite. */
export type Piece = { lower: number; upper: number; count: number }

/**
 * The value that a share `q` of all lie below, evenly spread within each piece; pieces may come in any order and overlap,
 * as those of several histograms do. In a piece without an end it is the end that it has. Undefined of nothing.
 */
export function quantileOf(pieces: readonly Piece[], q: number): number | undefined {
  const rank = q * pieces.reduce((sum, { count }) => sum + count, 0)
  // Goes from each end of a piece to the next: how much lies between two is known of all pieces together, so that a
  // larger share never gives a smaller value.
  let [below, density, from] = [0, 0, -Infinity]
  for (const { at, added, ending, beginning } of endsOf(pieces)) {
    const between = density > 0 ? density * (at - from) : 0
    // The last end is reached whatever rounding says.
    if (between > 0 && below + between >= rank * (1 - 1e-12))
      return Math.min(at, from + Math.max(0, rank - below) / density)
    below += between + added
    if (added > 0 && below >= rank * (1 - 1e-12)) return at === -Infinity ? undefined : at
    density += beginning - ending
    from = at
  }
  return undefined
}

/** Where pieces begin and end, ascending. `added`: what lies at this very place; the others are counts for each unit of value. */
type End = { at: number; added: number; ending: number; beginning: number }

function endsOf(pieces: readonly Piece[]): End[] {
  const ends = new Map<number, End>()
  const end = (at: number): End => {
    let one = ends.get(at)
    if (one === undefined) ends.set(at, (one = { at, added: 0, ending: 0, beginning: 0 }))
    return one
  }
  for (const { lower, upper, count } of pieces) {
    if (count <= 0) continue
    // As Prometheus does: where nothing says how low it goes, a positive piece begins at 0.
    const from = lower === -Infinity && upper < Infinity ? Math.min(0, upper) : lower
    if (upper === Infinity || from >= upper) end(Math.min(from, upper)).added += count
    else {
      const density = count / (upper - from)
      end(from).beginning += density
      end(upper).ending += density
    }
  }
  return [...ends.values()].toSorted((a, b) => a.at - b.at)
}

/** Pieces of buckets that each count all up to their bound, bounds ascending. Undefined where a count is less than the one before. */
export function piecesOfCumulative(bounds: readonly number[], counts: readonly number[]): Piece[] | undefined {
  const pieces: Piece[] = []
  let [lower, before] = [-Infinity, 0]
  for (const [index, upper] of bounds.entries()) {
    const count = (counts[index] ?? 0) - before
    // A scrape in the middle of an observation may be off by a little; less than nothing it is not.
    if (count < 0) return undefined
    pieces.push({ lower, upper, count })
    ;[lower, before] = [upper, counts[index] ?? 0]
  }
  return pieces
}
