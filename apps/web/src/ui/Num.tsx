import type { JSX } from 'react'
import { formatNumber } from './format-number.ts'
import classes from './Num.module.css'

/** A number in tabular figures with its unit small and lighter; nothing known is a dash, never a zero. */
export function Num({ value, unit }: { value: number | null; unit: string }): JSX.Element {
  if (value === null)
    return (
      <span className={classes.num}>
        <span aria-hidden="true">–</span>
        <span className="visually-hidden">not known</span>
      </span>
    )
  const { figure, unit: name } = formatNumber(value, unit)
  return (
    <span className={classes.num}>
      {figure}
      {name !== '' && <span className={classes.unit}>{name.startsWith('/') ? name : ` ${name}`}</span>}
    </span>
  )
}
