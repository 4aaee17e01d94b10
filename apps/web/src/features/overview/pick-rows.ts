/** A resource of a card, how much of it is used now in percent, and whether a flag of it fires. */
export type Candidate = { id: string; title: string; percent: number | null; flagged: boolean }

/** As many rows as a card has, so that cards are of about one height. */
export const MOST_ROWS = 4
/** Used values tick: a row passes the one above it only when it is this much closer to its limit, so that rows do not dance. */
const PASSES_BY = 10
/** More than any percent. */
const FLAGGED = 1e6

/**
 * The resources a card has room for, flagged ones first, then closest to its limit. `before` is what was shown last: it changes only
 * where that matters.
 */
export function pickRows(all: readonly Candidate[], before: readonly string[], most = MOST_ROWS): string[] {
  // Memory is given in bytes and in percent: on a card one of them is enough.
  const once = all.filter((row, index) => all.findIndex((other) => other.title === row.title) === index)
  const known = before.flatMap((id) => once.find((row) => row.id === id) ?? [])
  const fresh = once.filter((row) => !before.includes(row.id)).toSorted((a, b) => used(b) - used(a))
  return risen([...known, ...fresh])
    .slice(0, most)
    .map((row) => row.id)
}

function used(row: Candidate): number {
  return (row.percent ?? -1) + (row.flagged ? FLAGGED : 0)
}

/** Each row rises past those above it that it is clearly ahead of. */
function risen(rows: readonly Candidate[]): Candidate[] {
  const sorted: Candidate[] = []
  for (const row of rows) {
    let place = sorted.length
    while (place > 0 && used(row) > used(sorted[place - 1] ?? row) + PASSES_BY) place -= 1
    sorted.splice(place, 0, row)
  }
  return sorted
}
