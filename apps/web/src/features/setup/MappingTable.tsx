import { Button } from '@mantine/core'
import { useState } from 'react'
import type { JSX } from 'react'
import type { MappingView } from '@headroom/shared/contracts.ts'
import { numberText } from '../../ui/format-number.ts'
import classes from './setup.module.css'

/** A document with more numbers than this is opened whole only when asked. */
const MOST_ROWS = 60

/** Where each number of a document went. */
export function MappingTable({ mapping }: { mapping: MappingView }): JSX.Element {
  const [whole, setWhole] = useState(false)
  const all = mapping.mapped
  const rows = whole || all.length <= MOST_ROWS ? all : all.slice(0, MOST_ROWS)
  return (
    <>
      <div
        className={classes.tableBox}
        tabIndex={0}
        role="group"
        aria-label={`What ${mapping.source} of ${mapping.system} was mapped to`}
      >
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">In the answer</th>
              <th scope="col">Metric</th>
              <th scope="col">Labels</th>
              <th scope="col">Value</th>
              <th scope="col">How</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.path} ${row.metric} ${JSON.stringify(row.labels)}`}>
                <th scope="row">
                  <code>{row.path}</code>
                </th>
                <td>
                  <code>{row.metric}</code>
                </td>
                <td>
                  {Object.entries(row.labels)
                    .map(([name, value]) => `${name} ${value}`)
                    .join(', ')}
                </td>
                <td className={classes.value}>
                  {typeof row.value === 'number' ? numberText(row.value, row.unit) : row.value}
                </td>
                <td>{row.how}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length < all.length && (
        <Button size="compact-sm" variant="default" className={classes.whole} onClick={() => setWhole(true)}>
          Show all {all.length}
        </Button>
      )}
    </>
  )
}
