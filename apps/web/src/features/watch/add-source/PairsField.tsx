import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { JSX } from 'react'
import watch from '../watch.module.css'
import type { Pair } from './option-values.ts'
import classes from './add.module.css'

type Props = { of: string; rows: readonly Pair[]; secret: boolean; onChange: (rows: readonly Pair[]) => void }

/** Names with a value each: headers, labels, queries. */
export function PairsField({ of, rows, secret, onChange }: Props): JSX.Element {
  const list = useRef<HTMLDivElement>(null)
  const before = useRef(rows.length)
  useEffect(() => {
    // A new row is there to be written into; after one is gone the button is the nearest thing.
    const inside = list.current
    if (rows.length > before.current) inside?.querySelector<HTMLElement>(':scope > div:last-of-type input')?.focus()
    if (rows.length < before.current) inside?.querySelector<HTMLElement>(':scope > button')?.focus()
    before.current = rows.length
  }, [rows.length])
  const set = (index: number, change: Partial<Pair>): void =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...change } : row)))
  const input = {
    className: `${watch.input} ${watch.code}`,
    autoComplete: 'off',
    autoCapitalize: 'off',
    spellCheck: false,
  }
  return (
    <div ref={list} className={classes.rows}>
      {rows.map((row, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- rows have no other name
        <div key={index} className={classes.row}>
          <input
            {...input}
            aria-label={`${of}, name ${index + 1}`}
            placeholder="name"
            value={row.name}
            onChange={(event) => set(index, { name: event.currentTarget.value })}
          />
          <input
            {...input}
            aria-label={`${of}, value ${index + 1}`}
            placeholder="value"
            type={secret ? 'password' : 'text'}
            value={row.value}
            onChange={(event) => set(index, { value: event.currentTarget.value })}
          />
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Take out ${of} ${row.name === '' ? index + 1 : row.name}`}
            onClick={() => onChange(rows.filter((_, at) => at !== index))}
          >
            Take out
          </Button>
        </div>
      ))}
      <Button size="compact-sm" variant="default" onClick={() => onChange([...rows, { name: '', value: '' }])}>
        Add to {of}
      </Button>
    </div>
  )
}
