import type { JSX } from 'react'
import { numberText } from '../ui/format-number.ts'
import { clockText, dayText, zoneName } from '../ui/format-time.ts'
import { useZone } from '../ui/zone-context.ts'
import type { ChartInput, ChartPoint, ChartSeries } from './chart-model.ts'
import { hasBand } from './gaps.ts'
import { TableCaption } from './TableCaption.tsx'
import classes from './Chart.module.css'

const MOST_ROWS = 60
const DAY_MS = 86_400_000

/** The same chart as a table, newest first: what it shows, for who cannot or will not read a picture. */
export function ChartTable({ input, more }: { input: ChartInput; more: readonly ChartSeries[] }): JSX.Element {
  const zone = useZone()
  const columns = [...input.series, ...more].map((series) => ({
    series,
    banded: hasBand(series),
    at: new Map(series.points.map((point) => [point.t, point])),
  }))
  const times = [...new Set(columns.flatMap(({ at }) => [...at.keys()]))].toSorted((a, b) => b - a).slice(0, MOST_ROWS)
  const time = (t: number): string =>
    input.to - input.from > DAY_MS ? `${dayText(t, zone)}, ${clockText(t, zone, true)}` : clockText(t, zone, true)
  return (
    <div className={classes.tableBox} tabIndex={0} role="group" aria-label={`${input.title}, table`}>
      <table className={classes.table}>
        <TableCaption input={input} />
        <thead>
          <tr>
            <th scope="col">Time ({zoneName(zone)})</th>
            {columns.map(({ series }) => (
              <th key={series.key} scope="col">
                {columns.length === 1 ? 'Value' : <bdi>{series.label}</bdi>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {times.map((t) => (
            <tr key={t}>
              <th scope="row">{time(t)}</th>
              {columns.map(({ series, at, banded }) => (
                <td key={series.key}>{cellText(at.get(t), banded, input.unit)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {times.length === 0 && <p className={classes.noRows}>Nothing was recorded in this window.</p>}
    </div>
  )
}

function cellText(point: ChartPoint | undefined, banded: boolean, unit: string): string {
  if (point === undefined) return ''
  if (point.last === null) return 'gap'
  const last = numberText(point.last, unit)
  return banded && point.max > point.min
    ? `${last} (${numberText(point.min, unit)} to ${numberText(point.max, unit)})`
    : last
}
