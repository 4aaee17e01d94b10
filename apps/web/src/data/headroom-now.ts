import { reduce, reductionOf } from '@headroom/shared/rules/reduction.ts'
import type { SeriesView } from '@headroom/shared/model/series.ts'
import type { HeadroomView } from '@headroom/shared/model/system.ts'
import type { Newest } from './timeline.ts'

/** The series a resource is read from: of several disks, pools or instances each. Their values are newer than the system's row. */
export function seriesOfResource(row: Pick<HeadroomView, 'metric'>, series: readonly SeriesView[]): SeriesView[] {
  return series.filter((each) => each.metric === row.metric && each.primary)
}

/** What several series say together, as the collector reckons it: of those that are not stale, or what all said last. */
export function newestOfAll(unit: string, newest: readonly Newest[]): Newest | undefined {
  const [only] = newest
  if (newest.length <= 1) return only
  const how = reductionOf(unit)
  const live = newest.flatMap(({ value }) => value ?? [])
  return {
    at: latest(newest.map(({ at }) => at)),
    value: reduce(how, live),
    last: reduce(how, live.length > 0 ? live : newest.flatMap(({ last }) => last ?? [])),
    lastAt: latest(newest.map(({ lastAt }) => lastAt)),
  }
}

function latest(times: readonly (number | null)[]): number | null {
  return times.reduce((late, at) => (at !== null && at > (late ?? 0) ? at : late), null)
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
