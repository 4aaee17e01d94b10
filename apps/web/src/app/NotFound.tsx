import { Button } from '@mantine/core'
import { Link, useLocation } from '@tanstack/react-router'
import type { JSX } from 'react'
import { openOverlay } from './overlay-store.ts'
import classes from './shell.module.css'

/** An address that leads nowhere, and the ways on. */
export function NotFound(): JSX.Element {
  const path = useLocation({ select: (location) => location.pathname })
  return (
    <div className={classes.notice}>
      <h1>There is no such page</h1>
      <p>
        Nothing is at <code>{path}</code>. A link from elsewhere may be old or cut short.
      </p>
      <div className={classes.noticeActions}>
        <Button component={Link} to="/">
          To the overview
        </Button>
        <Button variant="default" onClick={() => openOverlay('palette')}>
          Find something
        </Button>
      </div>
    </div>
  )
}
