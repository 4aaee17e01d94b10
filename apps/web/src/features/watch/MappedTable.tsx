import { Button } from '@mantine/core'
import { useState } from 'react'
import type { JSX } from 'react'
import type { Mapped } from '@headroom/shared/model/trial.ts'
import { numberText } from '../../ui/format-number.ts'
import { metricTitle } from './found-words.ts'
import classes from './watch.module.css'

/** The rest is shown when asked for: what to do next must not be out of sight. */
const MOST_ROWS = 10
/** So few more are shown at once: a button would take as much place. */
const FEW_MORE = 3

/** Where each value of an answer went: its path, the metric, the value with its unit. */
export function MappedTable({ rows, label }: { rows: readonly Mapped[]; label: string }): JSX.Element {
  const [whole, setWhole] = useState(false)
  const shown = whole || rows.length <= MOST_ROWS + FEW_MORE ? rows : rows.slice(0, MOST_ROWS)
  return (
    <>
      <table className={classes.table} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">In the answer</th>
            <th scope="col">Taken for</th>
            <th scope="col" className={classes.value}>
              Value
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={`${row.path} ${row.metric} ${JSON.stringify(row.labels)}`}>
              <th scope="row">
                <code>{row.path}</code>
              </th>
              <td>
                {metricTitle(row.metric) !== row.metric && <span>{metricTitle(row.metric)} </span>}
                <code className={classes.metric}>{row.metric}</code>
                <Labels of={row} />
              </td>
              <td className={classes.value}>
                {typeof row.value === 'number' ? numberText(row.value, row.unit) : row.value}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < rows.length && (
        <Button size="compact-sm" variant="default" onClick={() => setWhole(true)}>
          Show all {rows.length}
        </Button>
      )}
    </>
  )
}

function Labels({ of }: { of: Mapped }): JSX.Element | null {
  const labels = Object.entries(of.labels)
  if (labels.length === 0) return null
  return <span className={classes.metric}> {labels.map(([name, value]) => `${name} ${value}`).join(', ')}</span>
}
