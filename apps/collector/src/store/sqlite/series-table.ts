import type { DatabaseSync } from 'node:sqlite'
import { labelsKey } from '@headroom/shared/model/labels.ts'
import type { SeriesIdentity } from '@headroom/shared/model/series.ts'
import type { StoredSeries } from '../types.ts'
import { MAX_SERIES } from './windows.ts'

/** Every series ever registered, in memory and in the table. Numbers count up from 1 and are never given again. */
export class SeriesTable {
  #byId = new Map<number, StoredSeries>()
  #idByKey = new Map<string, number>()
  #insert
  #setUnit

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare('INSERT INTO series VALUES (?, ?, ?, ?, ?, ?)')
    this.#setUnit = database.prepare('UPDATE series SET unit = ? WHERE id = ?')
    for (const row of database.prepare('SELECT * FROM series ORDER BY id').all()) {
      const { id, system, source, metric, labels, unit } = row as Record<
        'system' | 'source' | 'metric' | 'labels' | 'unit',
        string
      > & { id: number }
      this.#remember({ id, system, source, metric, labels: JSON.parse(labels) as Record<string, string>, unit })
    }
  }

  has(id: number): boolean {
    return this.#byId.has(id)
  }

  all(): StoredSeries[] {
    return [...this.#byId.values()]
  }

  /** The numbers of the identities; `write` runs the given work as one durable transaction, and throws if it cannot. */
  register(wanted: readonly (SeriesIdentity & { unit: string })[], write: (work: () => void) => void): number[] {
    const changed = new Map<string, StoredSeries>()
    let next = this.#byId.size + 1
    const ids = wanted.map((series) => {
      const key = identityKey(series)
      const id = changed.get(key)?.id ?? this.#idByKey.get(key) ?? next++
      if (this.#byId.get(id)?.unit !== series.unit) {
        changed.set(key, {
          id,
          system: series.system,
          source: series.source,
          metric: series.metric,
          labels: { ...series.labels },
          unit: series.unit,
        })
      }
      return id
    })
    if (next > MAX_SERIES + 1) throw new RangeError(`More than ${MAX_SERIES} series were registered`)
    if (changed.size > 0) write(() => changed.forEach((series) => this.#save(series)))
    changed.forEach((series) => this.#remember(series))
    return ids
  }

  #save({ id, system, source, metric, labels, unit }: StoredSeries): void {
    if (this.#byId.has(id)) this.#setUnit.run(unit, id)
    else this.#insert.run(id, system, source, metric, sortedLabels(labels), unit)
  }

  #remember(series: StoredSeries): void {
    this.#byId.set(series.id, series)
    this.#idByKey.set(identityKey(series), series.id)
  }
}

function sortedLabels(labels: Record<string, string>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1))))
}

/** Unlike `seriesKey`, which is for people, this cannot be ambiguous: sources and metrics may contain slashes. */
export function identityKey({ system, source, metric, labels }: SeriesIdentity): string {
  return JSON.stringify([system, source, metric, labelsKey(labels)])
}
