import { catalogued } from '@headroom/shared/metrics.ts'

const MOST = 8
const COLORS = 6

/** At most eight lines in a picture: the worst ones stay, in their usual order; the rest is in the table. */
export function chooseSeries<T extends { value: number | null }>(
  metric: string,
  all: readonly T[],
): { shown: T[]; more: T[] } {
  if (all.length <= MOST) return { shown: [...all], more: [] }
  const higherIsBetter = catalogued(metric)?.better === 'higher'
  const badness = (each: T): number =>
    each.value === null ? Number.NEGATIVE_INFINITY : higherIsBetter ? -each.value : each.value
  const worst = new Set(all.toSorted((a, b) => badness(b) - badness(a)).slice(0, MOST))
  return { shown: all.filter((each) => worst.has(each)), more: all.filter((each) => !worst.has(each)) }
}

/** One line is ink; several take six colours, then the same colours dashed. */
export function lineStyle(index: number, count: number): { color: string; dash?: string } {
  if (count === 1) return { color: 'var(--line)' }
  const color = `var(--series-${(index % COLORS) + 1})`
  return index < COLORS ? { color } : { color, dash: '5 3' }
}

/** The value that speaks for several: the worst of them. */
export function worstValue(metric: string, values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  if (known.length === 0) return null
  return catalogued(metric)?.better === 'higher' ? Math.min(...known) : Math.max(...known)
}
