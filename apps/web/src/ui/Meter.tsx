import type { JSX } from 'react'
import type { Mark } from './mark.ts'
import classes from './Meter.module.css'

/** A thin bar from 0 to 100 with an optional tick. The number stands beside it in words; the bar is its picture. */
export function Meter({
  percent,
  tick,
  mark = 'ok',
}: {
  percent: number | null
  tick?: number | undefined
  mark?: Mark
}): JSX.Element {
  const width = percent === null ? 0 : Math.max(0, Math.min(100, percent))
  return (
    <span className={`${classes.meter} ${classes[mark]} ${percent === null ? classes.none : ''}`} aria-hidden="true">
      <span className={classes.fill} style={{ width: `${width}%` }} />
      {tick !== undefined && tick > 0 && tick < 100 && <span className={classes.tick} style={{ left: `${tick}%` }} />}
    </span>
  )
}
