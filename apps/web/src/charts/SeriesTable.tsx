import { useState } from 'react'
import type { JSX } from 'react'
import { UnstyledButton } from '@mantine/core'
import { numberText } from '../ui/format-number.ts'
import type { ChartInput } from './chart-model.ts'
import { TableCaption } from './TableCaption.tsx'
import classes from './Chart.module.css'

/** One series over the window; null where nothing is known. */
export type SeriesRow = {
  key: string
  label: string
  newest: number | null
  least: number | null
  mean: number | null
  most: number | null
}

const PAGE = 50
const COLUMNS = [
  ['newest', 'Now'],
  ['least', 'Least'],
  ['mean', 'Mean'],
  ['most', 'Greatest'],
] as const

/** More series than a picture holds, one a row, in pages. */
export function SeriesTable({ input, rows }: { input: ChartInput; rows: readonly SeriesRow[] }): JSX.Element {
  const [pages, setPages] = useState(1)
  const shown = rows.slice(0, pages * PAGE)
  return (
    <div className={classes.tableBox} tabIndex={0} role="group" aria-label={`${input.title}, table`}>
      <table className={classes.table}>
        <TableCaption input={input} />
        <thead>
          <tr>
            <th scope="col">Series</th>
            {COLUMNS.map(([key, name]) => (
              <th key={key} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={row.key}>
              <th scope="row" className={classes.rowName}>
                <bdi title={row.label}>{row.label}</bdi>
              </th>
              {COLUMNS.map(([key]) => {
                const value = row[key]
                return <td key={key}>{value === null ? '–' : numberText(value, input.unit)}</td>
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < rows.length && (
        <UnstyledButton className={classes.moreRows} onClick={() => setPages(pages + 1)}>
          {Math.min(PAGE, rows.length - shown.length)} more of {rows.length}
        </UnstyledButton>
      )}
    </div>
  )
}
