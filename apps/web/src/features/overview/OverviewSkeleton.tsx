import type { JSX } from 'react'
import { Skeleton } from '../../ui/Skeleton.tsx'
import classes from './overview.module.css'

/** The overview's own layout, before the first word of the collector. */
export function OverviewSkeleton(): JSX.Element {
  return (
    <div className={classes.page} aria-busy="true">
      <div className={classes.headline}>
        <h1 className="visually-hidden">Overview, loading</h1>
        <Skeleton width={300} height={32} />
      </div>
      <div className={classes.cards}>
        {[0, 1, 2].map((key) => (
          <div key={key} className={classes.card}>
            <Skeleton width="55%" height={20} />
            <Skeleton width="80%" />
            {[0, 1, 2].map((row) => (
              <Skeleton key={row} height={26} />
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}
