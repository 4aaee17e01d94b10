import type { JSX } from 'react'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { ChartsSkeleton } from './ChartsSkeleton.tsx'
import classes from './system.module.css'

/** The system screen's own layout, before the first word of the collector. */
export function SystemSkeleton(): JSX.Element {
  return (
    <div className={classes.page} aria-busy="true">
      <div className={classes.left}>
        <h1 className="visually-hidden">System, loading</h1>
        <div className={classes.placeholders}>
          <Skeleton width="70%" height={34} />
          <Skeleton width="40%" height={24} />
          <Skeleton width="80%" />
          <Skeleton width="35%" />
        </div>
        <div className={classes.placeholders}>
          <Skeleton width="30%" />
          {[0, 1, 2, 3].map((key) => (
            <Skeleton key={key} height={44} />
          ))}
        </div>
        <div className={classes.placeholders}>
          <Skeleton width="45%" />
          {[0, 1, 2].map((key) => (
            <Skeleton key={key} height={32} />
          ))}
        </div>
      </div>
      <div className={classes.right}>
        <ChartsSkeleton />
      </div>
    </div>
  )
}
