import { Button } from '@mantine/core'
import type { JSX } from 'react'
import classes from './FailedPart.module.css'

/** That one part could not be had, why, and another try; everything around it stays. `what` begins the sentence. */
export function FailedPart({ what, error, retry }: { what: string; error: Error; retry: () => void }): JSX.Element {
  return (
    <div className={classes.failed} role="alert">
      <p>
        {what} could not be had: {error.message}
      </p>
      <Button size="compact-sm" variant="default" onClick={retry}>
        Try again
      </Button>
    </div>
  )
}
