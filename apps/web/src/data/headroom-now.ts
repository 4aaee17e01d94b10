import type { SeriesView } from '@headroom/shared/model/series.ts'
import type { HeadroomView } from '@headroom/shared/model/system.ts'
import type { Newest } from './timeline.ts'

/** The one series a resource is read from, where there is exactly one: its newest value is newer than the system's own row. */
export function seriesOfResource(row: HeadroomView, series: readonly SeriesView[]): SeriesView | undefined {
  const giving = series.filter((each) => each.metric === row.metric && each.primary)
  return giving.length === 1 ? giving[0] : undefined
}

export type HeadroomNow = { used: number | null; percent: number | null; stale: boolean }

/** How much is used now; while the value is stale its last one stays readable. */
export function headroomNow(row: HeadroomView, newest: Newest | undefined): HeadroomNow {
  if (newest === undefined || newest.at === null)
    return { used: row.used, percent: row.usedPercent, stale: row.used === null }
  const used = newest.value ?? newest.last ?? row.used
  return {
    used,
    percent: used === null || row.limit <= 0 ? null : (100 * used) / row.limit,
    stale: newest.value === null,
  }
}
