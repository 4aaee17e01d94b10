import type { JSX } from 'react'
import { numberText } from '../ui/format-number.ts'
import { clockText, zoneName } from '../ui/format-time.ts'
import { useZone } from '../ui/zone-context.ts'
import type { ChartInput, ChartSeries } from './chart-model.ts'
import { hasBand } from './rows.ts'
import classes from './Chart.module.css'

const MOST_ROWS = 60

/** The same chart as a table, newest first: what it shows, for who cannot or will not read a picture. */
export function ChartTable({ input, more }: { input: ChartInput; more: readonly ChartSeries[] }): JSX.Element {
  const zone = useZone()
  const all = [...input.series, ...more]
  const times = [...new Set(all.flatMap((series) => series.points.map((point) => point.t)))]
    .toSorted((a, b) => b - a)
    .slice(0, MOST_ROWS)
  const cell = (series: ChartSeries, t: number): string => {
    const point = series.points.find((each) => each.t === t)
    if (point === undefined) return ''
    if (point.last === null) return 'gap'
    const last = numberText(point.last, input.unit)
    return hasBand(series) && point.max > point.min
      ? `${last} (${numberText(point.min, input.unit)} to ${numberText(point.max, input.unit)})`
      : last
  }
  return (
    <div className={classes.tableBox} tabIndex={0} role="group" aria-label={`${input.title}, table`}>
      <table className={classes.table}>
        <caption>
          {[...input.lines.map((line) => line.words), ...(input.limit === undefined ? [] : [input.limit.words])].join(
            ' · ',
          ) || 'No documented line'}
        </caption>
        <thead>
          <tr>
            <th scope="col">Time ({zoneName(zone)})</th>
            {all.map((series) => (
              <th key={series.key} scope="col">
                {all.length === 1 ? 'Value' : series.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {times.map((t) => (
            <tr key={t}>
              <th scope="row">{clockText(t, zone, true)}</th>
              {all.map((series) => (
                <td key={series.key}>{cell(series, t)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
