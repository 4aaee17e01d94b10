import { labelsKey } from '@headroom/shared/model/labels.ts'
import type { Sheet } from '../sheet.ts'
import type { Series } from './ask-metrics.ts'
import type { Target } from './target.ts'
import type { Told } from './told.ts'

/** The series of one target, by the keys of its queries. */
export type SeriesByKey = ReadonlyMap<string, Series>

/** Writes what the values of a target mean, time by time: all that is news as points, and the newest of each for people to see. */
export function enterSeries(sheet: Sheet, target: Target, series: SeriesByKey, periodMs: number, told: Told): void {
  const times = [...new Set([...series.values()].flatMap(({ values }) => [...values.keys()]))].toSorted((a, b) => a - b)
  const newest = new Map<string, () => void>()
  for (const at of times) {
    const said = {
      value: (key: string) => series.get(key)?.values.get(at),
      isWhole: (key: string) => series.get(key)?.status === 'Complete',
      minutes: periodMs / 60_000,
    }
    for (const { from, metric, value, labels } of target.figures(said)) {
      if (value === undefined || !Number.isFinite(value)) continue
      const all = { ...target.labels, ...labels }
      const key = `${metric}${labelsKey(all)}`
      if (told.isNews(key, at, value)) sheet.past(metric, value, all, at)
      newest.set(key, () => sheet.show(`${target.place}: ${from}`, metric, value, all))
    }
  }
  for (const show of newest.values()) show()
}
