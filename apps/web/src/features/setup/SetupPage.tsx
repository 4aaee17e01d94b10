import type { JSX } from 'react'
import { useTimeline } from '../../data/use-timeline.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { CollectorPanel } from './CollectorPanel.tsx'
import { SystemSources } from './SystemSources.tsx'
import { useStatus } from './queries.ts'
import classes from './setup.module.css'

/** What is watched and how: the configuration, the store, and per source what it answered and what became of it. */
export function SetupPage(): JSX.Element {
  const status = useStatus()
  const greeted = useTimeline((timeline) => timeline.greeted)
  const systems = useTimeline((timeline) => timeline.systems)
  return (
    <div className={classes.page}>
      <h1>Set-up</h1>
      {status.data !== undefined && <CollectorPanel status={status.data} />}
      {status.isPending && (
        <div className={classes.panels}>
          <Skeleton height={120} />
          <Skeleton height={120} />
          <Skeleton height={120} />
        </div>
      )}
      {status.isError && status.data === undefined && (
        <p className={classes.problem}>The collector’s own state could not be had: {status.error.message}</p>
      )}
      <h2>Systems and sources</h2>
      {!greeted && <Skeleton height={160} />}
      {greeted && systems.length === 0 && <p className={classes.quiet}>No system is configured.</p>}
      <div className={classes.systems}>
        {systems.map((system) => (
          <SystemSources key={system.id} system={system} open={systems.length <= 3} />
        ))}
      </div>
    </div>
  )
}
