/** So many values lay above `lower` and up to `upper`; the ends may be infinite. */
export type Piece = { lower: number; upper: number; count: number }

/**
 * The value that a share `q` of all lie below, evenly spread within each piece; pieces may come in any order and overlap,
 * as those of several histograms do. In a piece without an end it is the end that it has. Undefined of nothing.
 */
export function quantileOf(pieces: readonly Piece[], q: number): number | undefined {
  const filled = pieces.filter(({ count }) => count > 0).toSorted((a, b) => a.upper - b.upper || a.lower - b.lower)
  const rank = q * filled.reduce((sum, { count }) => sum + count, 0)
  let below = 0
  for (const { lower, upper, count } of filled) {
    below += count
    // The last piece is reached whatever rounding says.
    if (below < rank * (1 - 1e-12)) continue
    if (upper === Infinity) return lower === -Infinity ? undefined : lower
    // As Prometheus does: where nothing says how low it goes, a positive piece begins at 0.
    const from = lower === -Infinity ? Math.min(0, upper) : lower
    return from + (upper - from) * ((rank - (below - count)) / count)
  }
  return undefined
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
