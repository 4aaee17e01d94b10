import { ActionIcon, UnstyledButton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { JSX } from 'react'
import { isLost } from '../data/connection.ts'
import { setPreferences, usePreferences } from '../data/preferences.ts'
import { useConnection, useServerNow, useTimeline, useTimelineStore } from '../data/use-timeline.ts'
import { ageText } from '../ui/format-age.ts'
import { clockText, zoneName } from '../ui/format-time.ts'
import { openHelp } from './help-store.ts'
import { SchemeSwitch } from './SchemeSwitch.tsx'
import classes from './shell.module.css'

/** Name, places, how live all of it is, and the few switches. */
export function Head(): JSX.Element {
  const demo = useTimeline((timeline) => timeline.demo)
  return (
    <header className={classes.head}>
      <Link to="/" className={classes.brand}>
        Headroom
      </Link>
      {demo && (
        <span className={classes.demo} title="This machine, and a sample workshop with simulated students">
          Demo
        </span>
      )}
      <nav className={classes.nav} aria-label="Screens">
        <Link to="/" activeOptions={{ exact: true }}>
          Overview
        </Link>
        <Link to="/setup">Set-up</Link>
      </nav>
      <div className={classes.tools}>
        <LiveMark />
        <ZoneSwitch />
        <SchemeSwitch />
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label="Help and keyboard"
          onClick={openHelp}
          className={classes.tool}
        >
          ?
        </ActionIcon>
      </div>
    </header>
  )
}

function LiveMark(): JSX.Element {
  const connection = useConnection()
  const timeline = useTimelineStore()
  const now = useServerNow()
  const zone = usePreferences().zone
  const heard = timeline.heardAt
  if (connection.kind === 'connecting' || heard === null)
    return <span className={classes.live}>{isLost(connection) ? 'not connected' : 'connecting'}</span>
  if (isLost(connection))
    return (
      <span className={classes.live} data-connection="lost">
        <span className={classes.liveLost} aria-hidden="true" />
        as of {clockText(heard, zone, true)}
      </span>
    )
  return (
    <span className={classes.live} data-connection="live">
      <span className={classes.liveDot} aria-hidden="true" />
      live, <span className={classes.liveAge}>{ageText(now - heard)}</span> old
    </span>
  )
}

function ZoneSwitch(): JSX.Element {
  const { zone } = usePreferences()
  return (
    <UnstyledButton
      className={classes.zone}
      title={`Times in ${zoneName(zone)}`}
      onClick={() => setPreferences({ zone: zone === 'utc' ? 'local' : 'utc' })}
    >
      <span className="visually-hidden">Times in </span>
      {zone === 'utc' ? 'UTC' : 'local time'}
      <span className="visually-hidden">, switch to {zone === 'utc' ? 'local time' : 'UTC'}</span>
    </UnstyledButton>
  )
}
