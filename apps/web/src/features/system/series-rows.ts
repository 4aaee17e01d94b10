import type { Range } from '@headroom/shared/contracts.ts'
import type { SeriesRow } from '../../charts/SeriesTable.tsx'
import { seriesLabel } from './metric-groups.ts'
import type { MetricGroup } from './metric-groups.ts'
import { worseEnd } from './series-choice.ts'

/** A line of the table for each series: its newest value, and what it was over the window; the worst first. */
export function seriesRows(
  group: MetricGroup,
  extremes: Range['series'],
  newest: (id: number) => number | null,
): SeriesRow[] {
  const byId = new Map(extremes.map((each) => [each.id, each]))
  const rows = group.series.map((series): SeriesRow => {
    const over = byId.get(series.id)
    return {
      key: String(series.id),
      label: seriesLabel(series, group.series),
      newest: newest(series.id),
      least: over?.min[0] ?? null,
      mean: over?.avg[0] ?? null,
      most: over?.max[0] ?? null,
    }
  })
  const better = worseEnd(group.metric, -1, 1) ?? 1
  const badness = ({ least, most }: SeriesRow): number => {
    const worst = worseEnd(group.metric, least, most)
    return worst === null ? Number.NEGATIVE_INFINITY : worst * better
  }
  return rows.toSorted((a, b) => badness(b) - badness(a))
}
