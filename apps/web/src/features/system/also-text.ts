import type { SeriesView } from '@headroom/shared/model/series.ts'
import { numberText } from '../../ui/format-number.ts'
import { seriesLabel } from './metric-groups.ts'

const MOST = 3

type Known = { value: number | null; last: number | null }

/** `also from system-stats: 30`: what other sources say now of the metric that one of them is drawn for. */
export function alsoText(also: readonly SeriesView[], newest: (id: number) => Known, unit: string): string {
  return [...Map.groupBy(also, (series) => series.source)]
    .map(([source, own]) => {
      const values = own.slice(0, MOST).map((series) => {
        const { value, last } = newest(series.id)
        const text =
          value === null
            ? last === null
              ? 'nothing yet'
              : `${numberText(last, unit)}, stale`
            : numberText(value, unit)
        return own.length === 1 ? text : `${seriesLabel(series, [])} ${text}`
      })
      const more = own.length - values.length
      return `also from ${source}: ${values.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
    })
    .join(' · ')
}
