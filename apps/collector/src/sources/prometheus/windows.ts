/** How far counters have come since they were last looked at, or over a span. */
export type Windows = {
  /**
   * Takes the counts under a key as they stand at `atMs` (monotonic), and gives their growth over at least `spanMs`, or
   * over as much of it as is known. Undefined at first, and after a fall: a process began anew.
   */
  advance(
    key: string,
    counts: readonly number[],
    atMs: number,
    spanMs: number,
  ): { growth: number[]; elapsedMs: number } | undefined
  /** Forgets the keys that were not given since the last call. */
  sweep(): void
}

type Mark = { atMs: number; counts: readonly number[] }
type Entry = { marks: Mark[]; touched: boolean }

export function createWindows(): Windows {
  const entries = new Map<string, Entry>()
  return {
    advance(key, counts, atMs, spanMs) {
      const entry = entries.get(key) ?? { marks: [], touched: false }
      entries.set(key, entry)
      entry.touched = true
      const newest = entry.marks.at(-1)
      const fell =
        newest !== undefined &&
        (newest.counts.length !== counts.length || newest.counts.some((before, index) => (counts[index] ?? 0) < before))
      if (fell) entry.marks = []
      // The oldest mark kept is the last one that is at least the span away.
      while ((entry.marks[1]?.atMs ?? Infinity) <= atMs - spanMs) entry.marks.shift()
      const [from] = entry.marks
      entry.marks.push({ atMs, counts })
      if (from === undefined || atMs <= from.atMs) return undefined
      return { growth: counts.map((count, index) => count - (from.counts[index] ?? 0)), elapsedMs: atMs - from.atMs }
    },
    sweep() {
      for (const [key, entry] of entries) {
        if (!entry.touched) entries.delete(key)
        entry.touched = false
      }
    },
  }
}
