import { catalogued } from '@headroom/shared/metrics.ts'

/** So many lines can be told apart in a picture. */
export const MOST_LINES = 8
const COLORS = 6
/** Of several, so many stay because they are the worst of now; the others because they were the worst of the window. */
const WORST_NOW = 4

/** `extreme`: the worst it was in the window; null where that is not known. */
type Choosable = { value: number | null; extreme?: number | null }

/**
 * At most eight lines in a picture: those that are worst now and those that were worst in the window stay, in their
 * usual order; the rest is in the table.
 */
export function chooseSeries<T extends Choosable>(metric: string, all: readonly T[]): { shown: T[]; more: T[] } {
  if (all.length <= MOST_LINES) return { shown: [...all], more: [] }
  const badness = (value: number | null | undefined): number =>
    value === null || value === undefined ? Number.NEGATIVE_INFINITY : higherIsBetter(metric) ? -value : value
  const byNow = all.toSorted((a, b) => badness(b.value) - badness(a.value))
  const byThen = all.toSorted((a, b) => badness(b.extreme) - badness(a.extreme))
  const chosen = new Set(byNow.filter(({ value }) => value !== null).slice(0, WORST_NOW))
  for (const each of [...byThen.filter(({ extreme }) => typeof extreme === 'number'), ...byNow]) {
    if (chosen.size >= MOST_LINES) break
    chosen.add(each)
  }
  return { shown: all.filter((each) => chosen.has(each)), more: all.filter((each) => !chosen.has(each)) }
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
  return known.reduce((worst, value) => (higherIsBetter(metric) ? Math.min(worst, value) : Math.max(worst, value)))
}

/** The worse end of what a series was between two values. */
export function worseEnd(metric: string, least: number | null, most: number | null): number | null {
  return higherIsBetter(metric) ? least : most
}

function higherIsBetter(metric: string): boolean {
  return catalogued(metric)?.better === 'higher'
}
