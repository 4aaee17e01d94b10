import { Button } from '@mantine/core'
import type { JSX } from 'react'
import { useServerNow } from '../../data/use-timeline.ts'
import classes from './watch.module.css'

/** When waiting begins to want a reason. */
const SLOW_S = 8

/** What is being asked, for how long already, and the way out. It appears late: a quick answer never flickers. */
export function TrialProgress({
  place,
  since,
  onCancel,
}: {
  place: string
  since: number
  onCancel: () => void
}): JSX.Element {
  const seconds = Math.max(0, Math.floor((useServerNow() - since) / 1000))
  return (
    <div className={classes.progress}>
      <div className={classes.bar} aria-hidden="true" />
      <p>
        <span role="status">
          Asking <code>{place}</code>
        </span>
        <span className={classes.seconds}>{seconds} s</span>
      </p>
      <Button size="compact-sm" variant="default" onClick={onCancel}>
        Cancel
      </Button>
      {seconds >= SLOW_S && (
        <p className={classes.quiet}>It is slow to answer. Each page gets a few seconds before it is given up.</p>
      )}
    </div>
  )
}
