import { Button } from '@mantine/core'
import { Link, useRouter } from '@tanstack/react-router'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { JSX } from 'react'
import { isMissingPart, forgetMissingParts } from '../ui/lazy-part.tsx'
import { isMissing, reloadOnceFor, usePageVersion } from './page-version.ts'
import classes from './shell.module.css'

/** A screen that broke, or whose script could not be had: said plainly, with what to do; the rest of the page stays. */
export function ScreenError({ error, reset }: ErrorComponentProps): JSX.Element {
  const router = useRouter()
  const missing = isMissingPart(error)
  const again = (): void => {
    forgetMissingParts()
    isMissing(null)
    reset()
    void router.invalidate()
  }
  return missing ? <MissingScreen again={again} /> : <BrokenScreen error={error} again={again} />
}

function MissingScreen({ again }: { again: () => void }): JSX.Element {
  const { newer } = usePageVersion()
  useEffect(() => {
    isMissing('screen')
    return () => isMissing(null)
  }, [])
  useEffect(() => {
    // Nothing of this screen can be lost by it.
    if (newer !== null) reloadOnceFor(newer)
  }, [newer])
  return (
    <div className={classes.notice}>
      <h1>This screen could not be loaded</h1>
      <p>
        {newer === null
          ? 'The collector did not give the script of this screen. If it is starting anew, try again in a moment.'
          : 'A newer Headroom is there, and this screen is part of it.'}
      </p>
      <div className={classes.noticeActions}>
        <Button onClick={again}>Try again</Button>
        <Button variant="default" onClick={() => window.location.reload()}>
          Reload the page
        </Button>
      </div>
    </div>
  )
}

function BrokenScreen({ error, again }: { error: unknown; again: () => void }): JSX.Element {
  return (
    <div className={classes.notice}>
      <h1>This screen broke</h1>
      <p>
        The rest of Headroom goes on: flags are judged and recorded by the collector, not by this page. Try again; if it
        breaks again, <Link to="/">go to the overview</Link> and tell whoever runs this Headroom what stands here:
      </p>
      <pre className={classes.noticeError}>{error instanceof Error ? error.message : String(error)}</pre>
      <div className={classes.noticeActions}>
        <Button onClick={again}>Try again</Button>
        <Button variant="default" onClick={() => window.location.reload()}>
          Reload the page
        </Button>
      </div>
    </div>
  )
}
