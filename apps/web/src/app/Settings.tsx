import { SegmentedControl } from '@mantine/core'
import { useId } from 'react'
import type { JSX } from 'react'
import { preferences, setPreferences, usePreferences } from '../data/preferences.ts'
import type { Preferences } from '../data/preferences.ts'
import { clockText, zoneName } from '../ui/format-time.ts'
import { useServerNow } from '../data/use-timeline.ts'
import { closeOverlay } from './overlay-store.ts'
import { OverlayDialog } from './OverlayDialog.tsx'
import classes from './overlay.module.css'

type Choice<T extends string> = readonly { readonly value: T; readonly label: string }[]

const SCHEMES: Choice<Preferences['scheme']> = [
  { value: 'auto', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]
const DENSITIES: Choice<Preferences['density']> = [
  { value: 'comfortable', label: 'Comfortable' },
  { value: 'compact', label: 'Compact' },
]

/** What a reader can choose; kept in this browser, for all its tabs. */
export function Settings(): JSX.Element {
  const chosen = usePreferences()
  const zones: Choice<Preferences['zone']> = [
    { value: 'local', label: zoneName('local') },
    { value: 'utc', label: 'UTC' },
  ]
  return (
    <OverlayDialog title="Settings" onClose={closeOverlay}>
      <Choose
        name="Colours"
        value={chosen.scheme}
        choices={SCHEMES}
        onChoose={(scheme) => setPreferences({ scheme })}
      />
      <Choose
        name="Density"
        value={chosen.density}
        choices={DENSITIES}
        onChoose={(density) => setPreferences({ density })}
      />
      <Choose
        name="Times"
        value={chosen.zone}
        choices={zones}
        onChoose={(zone) => setPreferences({ zone })}
        hint={<ClockNow zone={chosen.zone} />}
      />
      <Switch name="letters" words="Keys without Ctrl">
        Letters such as <kbd>o</kbd> and <kbd>p</kbd>. Switch them off where they are in the way of speech input.
      </Switch>
      <Switch name="announce" words="Announcements">
        Changes of state are told to a screen reader, never ticking numbers.
      </Switch>
      <p>Kept in this browser only, for all its tabs.</p>
    </OverlayDialog>
  )
}

function ClockNow({ zone }: { zone: Preferences['zone'] }): JSX.Element {
  const now = useServerNow()
  return (
    <>
      It is {clockText(now, zone, true)} by the collector’s clock, written as this browser’s language (
      {navigator.language}) does.
    </>
  )
}

function Choose<T extends string>({
  name,
  value,
  choices,
  onChoose,
  hint,
}: {
  name: string
  value: T
  choices: Choice<T>
  onChoose: (value: T) => void
  hint?: JSX.Element
}): JSX.Element {
  const id = useId()
  return (
    <div className={classes.setting}>
      <h3 id={id}>{name}</h3>
      <SegmentedControl
        size="xs"
        aria-labelledby={id}
        value={value}
        data={choices.map(({ value: each, label }) => ({ value: each, label }))}
        onChange={(next) => {
          const found = choices.find((choice) => choice.value === next)
          if (found !== undefined) onChoose(found.value)
        }}
      />
      {hint !== undefined && <p>{hint}</p>}
    </div>
  )
}

function Switch({
  name,
  words,
  children,
}: {
  name: 'letters' | 'announce'
  words: string
  children: JSX.Element | string | (JSX.Element | string)[]
}): JSX.Element {
  const id = useId()
  return (
    <div className={classes.setting}>
      <label>
        <input
          type="checkbox"
          checked={preferences()[name]}
          aria-describedby={id}
          onChange={(event) => setPreferences({ [name]: event.currentTarget.checked })}
        />{' '}
        <b>{words}</b>
      </label>
      <p id={id}>{children}</p>
    </div>
  )
}
