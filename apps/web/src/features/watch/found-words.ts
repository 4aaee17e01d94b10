import { catalogued } from '@headroom/shared/metrics.ts'
import type { Mapped, Trial, TriedSource } from '@headroom/shared/model/trial.ts'

/** What an answer gave: what Headroom knows by name first, then what keeps its own path; what is ignored is left out. */
export function sortMapped(mapped: readonly Mapped[]): { known: Mapped[]; own: Mapped[] } {
  const kept = mapped.filter(({ how }) => how !== 'ignored')
  return { known: kept.filter(isKnown), own: kept.filter((row) => !isKnown(row)) }
}

function isKnown({ how }: Mapped): boolean {
  return how === 'known' || how === 'map'
}

/** `Sessions`, or the path where nobody has a better name. */
export function metricTitle(metric: string): string {
  return catalogued(metric)?.title ?? metric
}

/** Whether there is something to watch: it answered well, or what it answered can be read all the same. */
export function isGiving({ error, mapped }: Pick<TriedSource, 'error' | 'mapped'>): boolean {
  return error === undefined || mapped.length > 0
}

/** `14 values at 2 addresses`; what was found, in a heading. */
export function foundWords({ tried }: Pick<Trial, 'tried'>): string {
  const giving = tried.filter(isGiving)
  const values = giving.reduce(
    (sum, { mapped }) => sum + sortMapped(mapped).known.length + sortMapped(mapped).own.length,
    0,
  )
  if (values === 0) return 'It answers, but gives no numbers'
  const places = giving.filter(({ mapped }) => mapped.length > 0).length
  return `Found ${counted(values, 'value', 'values')}${places > 1 ? ` at ${places} addresses` : ''}`
}

/** `11 recognised, 3 kept under their own path`. */
export function mappedWords({ mapped, leftOut }: Pick<TriedSource, 'mapped' | 'leftOut'>): string {
  const { known, own } = sortMapped(mapped)
  const parts = [
    ...(known.length > 0 ? [`${known.length} recognised`] : []),
    ...(own.length > 0 ? [`${own.length} kept under ${own.length === 1 ? 'its' : 'their'} own path`] : []),
    ...(leftOut > 0 ? [`${leftOut} left out: there are too many`] : []),
  ]
  return parts.length === 0 ? 'No numbers: whether it answers, and how fast, can still be watched' : parts.join(', ')
}

export function counted(n: number, one: string, many: string): string {
  return n === 1 ? `1 ${one}` : `${n.toLocaleString()} ${many}`
}
