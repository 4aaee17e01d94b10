/** Spans in as few rows as they need without lying on each other; at most `most` rows, then the last one takes all. */
export function packLanes<T>(
  spans: readonly { from: number; to: number; item: T }[],
  most = 4,
): { from: number; to: number; row: number; item: T }[] {
  const ends: number[] = []
  return spans
    .toSorted((a, b) => a.from - b.from)
    .map((span) => {
      const free = ends.findIndex((end) => end <= span.from)
      const row = free >= 0 ? free : Math.min(ends.length, most - 1)
      ends[row] = Math.max(ends[row] ?? 0, span.to)
      return { ...span, row }
    })
}
