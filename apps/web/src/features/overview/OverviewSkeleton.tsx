import type { JSX } from 'react'
import { Skeleton } from '../../ui/Skeleton.tsx'
import classes from './overview.module.css'

const CARDS = ['first', 'second', 'third']
const ROWS = ['70%', '45%', '60%']

/** The overview's own layout, before the first word of the collector. */
export function OverviewSkeleton(): JSX.Element {
  return (
    <div className={classes.page} aria-busy="true">
      <div className={classes.headline}>
        <h1 className="visually-hidden">Overview, loading</h1>
        <Skeleton width={300} height={32} />
      </div>
      <div className={classes.cards}>
        {CARDS.map((card) => (
          <div key={card} className={classes.card}>
            <Skeleton width="55%" height={20} />
            <Skeleton width="40%" />
            <div className={classes.rows}>
              {ROWS.map((width) => (
                <div key={width} className={classes.row}>
                  <div className={classes.rowName}>
                    <Skeleton width={width} />
                  </div>
                  <div className={classes.rowValue}>
                    <Skeleton width={44} height={18} />
                  </div>
                  <div className={classes.rowMeter}>
                    <Skeleton height={6} />
                  </div>
                  <div className={classes.rowTrend}>
                    <Skeleton height={24} />
                  </div>
                </div>
              ))}
            </div>
            <div className={classes.cardFoot}>
              <Skeleton width={64} />
              <Skeleton width={64} />
            </div>
          </div>
        ))}
      </div>
    </div>
  )
}
