import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { JSX } from 'react'
import { queryKeys } from '../data/query-keys.ts'
import { useConnection } from '../data/use-timeline.ts'
import { Banner } from '../ui/Banner.tsx'
import { isMissing, reloadOnceFor, usePageVersion } from './page-version.ts'
import classes from './shell.module.css'
import { holdsTypedText, watchTyping } from './typed-fields.ts'

/** The collector serves a newer page: offered while somebody looks, taken by itself while nobody does. */
export function NewerBanner(): JSX.Element | null {
  const { newer, missing } = usePageVersion()
  const live = useConnection().kind === 'live'
  const queries = useQueryClient()
  useEffect(() => {
    const here = new AbortController()
    watchTyping(document, here.signal)
    return () => here.abort()
  }, [])
  useEffect(() => {
    // A part that is gone is most often one of an older page: find out now, not at the next turn.
    if (missing !== null) void queries.invalidateQueries({ queryKey: queryKeys.status() })
  }, [missing, queries])
  useEffect(() => {
    if (newer === null || !live) return
    const here = new AbortController()
    const look = (): void => {
      if (document.hidden && !holdsTypedText()) reloadOnceFor(newer)
    }
    look()
    document.addEventListener('visibilitychange', look, { signal: here.signal })
    return () => here.abort()
  }, [newer, live])
  const reload = (
    <Button size="compact-sm" onClick={() => window.location.reload()}>
      Reload
    </Button>
  )
  if (newer !== null)
    return (
      <div className={classes.screenOnly}>
        <Banner mark="info" action={reload}>
          <b>A newer Headroom is there.</b>{' '}
          {missing !== null
            ? 'What you asked for is part of it: reload to go on.'
            : 'Reload to use it; until then this one goes on.'}
        </Banner>
      </div>
    )
  if (missing !== 'part') return null
  return (
    <Banner
      mark="unknown"
      action={
        <Button size="compact-sm" variant="default" onClick={() => isMissing(null)}>
          Close
        </Button>
      }
    >
      <b>That part of the page could not be loaded.</b> The collector did not give it. Try again once it answers.
    </Banner>
  )
}
