import type { JSX } from 'react'
import { formatNumber } from './format-number.ts'
import { Num } from './Num.tsx'
import classes from './Num.module.css'

/** `27 of 100`, `197 of 512 MiB`: a unit both share is said once. */
export function UsedOf({
  used,
  limit,
  unit,
  word = 'of',
}: {
  used: number | null
  limit: number
  unit: string
  word?: string
}): JSX.Element {
  const first = used === null ? undefined : formatNumber(used, unit)
  const once = first !== undefined && first.unit === formatNumber(limit, unit).unit
  return (
    <span className={classes.num}>
      {once ? first.figure : <Num value={used} unit={unit} />}
      <span className={classes.of}>
        {' '}
        {word} <Num value={limit} unit={unit} />
      </span>
    </span>
  )
}
