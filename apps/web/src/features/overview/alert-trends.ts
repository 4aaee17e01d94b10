import type { Alert } from '@headroom/shared/model/alert.ts'
import type { FlagView } from '@headroom/shared/model/flag.ts'
import type { SeriesView } from '@headroom/shared/model/series.ts'
import { RESOURCES } from '@headroom/shared/resources.ts'

export type AlertSeries = { alert: Alert; series: SeriesView }

/** The series an alert is about: its own, or the only primary one of its flag's metric. */
export function seriesOfAlert(
  alert: Alert,
  series: readonly SeriesView[],
  flags: readonly Pick<FlagView, 'id' | 'metric'>[],
): SeriesView | undefined {
  if (alert.series !== undefined) return series.find((each) => each.id === alert.series)
  const metric = flags.find((flag) => flag.id === alert.flag)?.metric
  const giving = series.filter((each) => each.metric === metric && each.primary)
  return giving.length === 1 ? giving[0] : undefined
}

/** The series behind alerts, in their order, one for each metric; a yes or no has none. */
export function alertTrends(
  alerts: readonly Alert[],
  series: readonly SeriesView[],
  flags: readonly Pick<FlagView, 'id' | 'metric'>[],
): AlertSeries[] {
  const found: AlertSeries[] = []
  for (const alert of alerts) {
    const own = alert.unit === 'bool' ? undefined : seriesOfAlert(alert, series, flags)
    if (own !== undefined && !found.some((each) => each.series.metric === own.metric))
      found.push({ alert, series: own })
  }
  return found
}

/** Whether a resource's row would say again what a metric's trend says: memory in bytes beside memory in percent. */
export function saysTheSame(row: { metric: string; title: string }, metric: string): boolean {
  return row.metric === metric || RESOURCES.some((each) => each.used.includes(metric) && each.title === row.title)
}
