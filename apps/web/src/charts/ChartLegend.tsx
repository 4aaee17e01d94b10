import type { JSX } from 'react'
import { shortText } from '../ui/format-number.ts'
import type { ChartInput } from './chart-model.ts'
import { MOST_LABELS } from './most-labels.ts'
import classes from './Chart.module.css'

/** The names of more lines than can be named at their ends. */
export function ChartLegend({ input }: { input: ChartInput }): JSX.Element | null {
  if (input.series.length <= MOST_LABELS) return null
  return (
    <ul className={classes.legend}>
      {input.series.map((series) => {
        const last = series.points.at(-1)
        return (
          <li key={series.key}>
            <svg width="16" height="8" aria-hidden="true">
              <path d="M0 4h16" style={{ stroke: series.color }} strokeWidth="2" strokeDasharray={series.dash} />
            </svg>
            <span>{series.label}</span>{' '}
            <b>{last === undefined || last.last === null ? '–' : shortText(last.last, input.unit)}</b>
          </li>
        )
      })}
    </ul>
  )
}
