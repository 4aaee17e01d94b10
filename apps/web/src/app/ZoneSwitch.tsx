import { UnstyledButton } from '@mantine/core'
import type { JSX } from 'react'
import { setPreferences, usePreferences } from '../data/preferences.ts'
import { zoneName } from '../ui/format-time.ts'
import { zoneShortName } from '../ui/zone-short-name.ts'
import classes from './shell.module.css'

/** The zone that all times are shown in, by its name, and UTC one click away. */
export function ZoneSwitch(): JSX.Element {
  const { zone } = usePreferences()
  // Where the reader's own zone is UTC, there is nothing to choose.
  if (zoneName('local') === zoneName('utc')) return <span className={`${classes.zone} ${classes.wideOnly}`}>UTC</span>
  const other = zone === 'utc' ? 'local' : 'utc'
  return (
    <UnstyledButton
      className={`${classes.zone} ${classes.wideOnly}`}
      title={`Times in ${zoneName(zone)}. Switch to ${other === 'utc' ? 'UTC' : zoneName('local')}`}
      onClick={() => setPreferences({ zone: other })}
    >
      <span className="visually-hidden">Times in {zoneName(zone)} </span>
      {zoneShortName(zone)}
      <span className="visually-hidden">, switch to {other === 'utc' ? 'UTC' : 'local time'}</span>
    </UnstyledButton>
  )
}
