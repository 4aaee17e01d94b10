import type { Mapped } from '@headroom/shared/model/trial.ts'

/** How a value was taken, for who looks for those that were not. */
export type Taken = 'recognised' | 'corrected' | 'own' | 'out'
export const TAKEN_WORDS: Record<Taken, string> = {
  recognised: 'recognised',
  corrected: 'corrected',
  own: 'under its own path',
  out: 'left out',
}

const TAKEN: readonly Taken[] = ['recognised', 'corrected', 'own', 'out']

export function takenOf({ how }: Mapped): Taken {
  switch (how) {
    case 'map':
      return 'corrected'
    case 'own path':
      return 'own'
    case 'ignored':
      return 'out'
    default:
      return 'recognised'
  }
}

/** How many of each there are, in the order of the words; only those there are any of. */
export function takenCounts(rows: readonly Mapped[]): [taken: Taken, count: number][] {
  return TAKEN.map((taken): [Taken, number] => [taken, rows.filter((row) => takenOf(row) === taken).length]).filter(
    ([, count]) => count > 0,
  )
}

/** Whether a row holds every word that is searched for. */
export function matchesRow(row: Mapped, search: string): boolean {
  if (search === '') return true
  const hay = [row.path, row.place ?? '', row.metric, ...Object.entries(row.labels).flat(), row.how]
    .join('\n')
    .toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => hay.includes(word))
}

/** A row's name among its source's: several rows may come from one path. */
export function rowKey(row: Mapped): string {
  return `${row.path} ${row.metric} ${JSON.stringify(row.labels)}`
}

/** What `map` and `ignore` call the place of a row; undefined where it has none of its own. */
export function placeOf({ place, path }: Mapped): string | undefined {
  return place === null ? undefined : (place ?? path)
}
