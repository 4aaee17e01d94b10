import type { JSX } from 'react'
import classes from './Skeleton.module.css'

/** A grey place for something that is on its way. It appears only after 300 ms: a fast answer never flickers. */
export function Skeleton({ width = '100%', height = 14 }: { width?: number | string; height?: number }): JSX.Element {
  return <span className={classes.skeleton} style={{ width, height }} aria-hidden="true" />
}
