import type { UseQueryResult } from '@tanstack/react-query'
import type { JSX } from 'react'
import type { FlagView } from '@headroom/shared/model/flag.ts'
import { useTimeline } from '../../data/use-timeline.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { FlagItem } from './FlagItem.tsx'
import { flagRows } from './flag-rows.ts'
import classes from './system.module.css'

/** Every documented flag of a system: what fires, what is held, what is watched, and what no source supplies yet. */
export function FlagsPanel({ answer }: { answer: UseQueryResult<FlagView[]> }): JSX.Element {
  const alerts = useTimeline((timeline) => timeline.alerts)
  const rows = flagRows(answer.data ?? [], alerts)
  const firing = rows.filter((row) => row.standing === 'firing').length
  const missing = rows.filter((row) => row.standing === 'unsupplied')
  return (
    <section className={classes.panel} aria-labelledby="flags-title">
      <h2 id="flags-title">
        Flags{' '}
        {answer.data !== undefined && (
          <span className={classes.count}>
            {firing === 0 ? 'none firing' : `${firing} firing`}, {rows.length} in all
          </span>
        )}
      </h2>
      {answer.isPending && (
        <div className={classes.placeholders}>
          <Skeleton height={36} />
          <Skeleton height={36} />
          <Skeleton height={36} />
        </div>
      )}
      {answer.isError && answer.data === undefined && (
        <p className={classes.problem}>The flags could not be had: {answer.error.message}</p>
      )}
      <ul className={classes.flags}>
        {rows
          .filter((row) => row.standing !== 'unsupplied')
          .map((row) => (
            <FlagItem key={row.flag.id} row={row} />
          ))}
      </ul>
      {missing.length > 0 && (
        <details className={classes.more}>
          <summary>
            {missing.length === 1 ? '1 flag has no source yet' : `${missing.length} flags have no source yet`}
          </summary>
          <ul className={classes.flags}>
            {missing.map((row) => (
              <FlagItem key={row.flag.id} row={row} />
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}
