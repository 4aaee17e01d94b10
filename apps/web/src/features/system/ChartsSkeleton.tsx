import type { JSX } from 'react'
import { Skeleton } from '../../ui/Skeleton.tsx'
import classes from './charts.module.css'

/** The layout of the charts' side before there is anything in it. */
export function ChartsSkeleton(): JSX.Element {
  return (
    <div aria-busy="true">
      <Skeleton width={360} height={30} />
      <div className={classes.charts} style={{ marginTop: 16 }}>
        {[0, 1, 2, 3, 4, 5].map((key) => (
          <Skeleton key={key} height={214} />
        ))}
      </div>
    </div>
  )
}
