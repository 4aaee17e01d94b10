import type { SeriesView } from '@headroom/shared/model/series.ts'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { csvText } from '../../charts/csv.ts'
import type { CsvColumn } from '../../charts/csv.ts'
import { fetchSamples } from '../../data/charts-client.ts'
import { fetchRange } from '../../data/http-client.ts'
import { spanText } from '../../ui/format-span.ts'
import type { MetricGroup } from './metric-groups.ts'
import { POINTS } from './view.ts'

/** More samples than this are no file for a spreadsheet any more. */
const MOST_SAMPLES = 200_000
/** So many series are asked for at once. */
const SERIES_A_TIME = 100

type Asked = { group: MetricGroup; system: SystemView; from: number; to: number }
export type Values = { csv: string; words: string }

/** Every sample of every series of a metric over a window; where that is too much, the steps that a chart shows. */
export async function chartValues({ group, system, from, to }: Asked, signal: AbortSignal): Promise<Values> {
  const all = [...group.series, ...group.also]
  const several = new Set(all.map((series) => series.source)).size > 1
  const name = (series: SeriesView, what?: string): string => columnName(group, series, several, what)
  if (expected(all, system, to - from) <= MOST_SAMPLES) {
    const samples = await fetchSamples({ series: ids(all), from, to, most: MOST_SAMPLES }, signal)
    if (samples !== undefined) {
      const byId = new Map(samples.map((each) => [each.id, each]))
      const columns = all.map((series): CsvColumn => {
        const { t = [], v = [] } = byId.get(series.id) ?? {}
        return { name: name(series), t, v }
      })
      const count = samples.reduce((sum, { t }) => sum + t.length, 0)
      return { csv: csvText(columns), words: `every sample, ${count.toLocaleString()} in all` }
    }
  }
  return steps(all, { from, to }, name, signal)
}

async function steps(
  all: readonly SeriesView[],
  { from, to }: { from: number; to: number },
  name: (series: SeriesView, what: string) => string,
  signal: AbortSignal,
): Promise<Values> {
  const columns: CsvColumn[] = []
  let stepMs = 0
  for (let first = 0; first < all.length; first += SERIES_A_TIME) {
    const some = all.slice(first, first + SERIES_A_TIME)
    const range = await fetchRange({ series: ids(some), from, to, points: POINTS }, signal)
    stepMs = range.stepMs
    for (const series of some) {
      const held = range.series.find((each) => each.id === series.id)
      if (held === undefined) continue
      const within = `of each ${spanText(stepMs)}`
      columns.push({ name: name(series, `last ${within}`), t: held.t, v: held.last })
      columns.push({ name: name(series, `least ${within}`), t: held.t, v: held.min })
      columns.push({ name: name(series, `greatest ${within}`), t: held.t, v: held.max })
    }
  }
  return { csv: csvText(columns), words: `as shown, in steps of ${spanText(stepMs)}: every sample would be too many` }
}

function ids(series: readonly SeriesView[]): number[] {
  return series.map((each) => each.id)
}

/** How many samples a window may hold, by how often each source is asked. */
function expected(series: readonly SeriesView[], system: SystemView, spanMs: number): number {
  return series.reduce((sum, each) => {
    const every = system.sources.find((source) => source.id === each.source)?.everySeconds ?? 1
    return sum + spanMs / (every * 1000)
  }, 0)
}

/** `Job queue length [count] queue=high source=redis, least of each 4 min`: nothing about a column is left to guess. */
function columnName(group: MetricGroup, series: SeriesView, several: boolean, what?: string): string {
  const labels = Object.entries(series.labels).map(([label, value]) => `${label}=${value}`)
  const parts = [`${group.title} [${group.unit}]`, ...labels, ...(several ? [`source=${series.source}`] : [])].join(' ')
  return what === undefined ? parts : `${parts}, ${what}`
}
