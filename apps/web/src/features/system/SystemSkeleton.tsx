import type { JSX } from 'react'
import { Skeleton } from '../../ui/Skeleton.tsx'
import classes from './system.module.css'
import charts from './charts.module.css'

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
        <Skeleton width={360} height={30} />
        <div className={charts.charts} style={{ marginTop: 16 }}>
          {[0, 1, 2, 3, 4, 5].map((key) => (
            <Skeleton key={key} height={214} />
          ))}
        </div>
      </div>
    </div>
  )
}
