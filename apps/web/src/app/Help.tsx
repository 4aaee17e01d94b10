import { Kbd } from '@mantine/core'
import type { JSX } from 'react'
import { KEYS } from '../data/keys.ts'
import type { KeyPlace } from '../data/keys.ts'
import { usePreferences } from '../data/preferences.ts'
import { StateMark } from '../ui/StateMark.tsx'
import { keyLabel } from './key-label.ts'
import { closeOverlay, openOverlay } from './overlay-store.ts'
import { OverlayDialog } from './OverlayDialog.tsx'
import classes from './overlay.module.css'

const PLACES: Record<KeyPlace, string> = {
  everywhere: 'Everywhere',
  overview: 'On the overview',
  system: 'On a system',
}
const MARKS = [
  ['ok', 'ok: nothing is flagged'],
  ['warning', 'warning: act soon'],
  ['critical', 'critical: act now'],
  ['unknown', 'unknown: its primary source does not answer'],
] as const

/** The keys of every screen, and what the shapes mean. */
export function Help(): JSX.Element {
  const { letters } = usePreferences()
  const places = Map.groupBy<KeyPlace, { keys: readonly string[]; place: KeyPlace; words: string }>(
    KEYS,
    ({ place }) => place,
  )
  return (
    <OverlayDialog title="Help" onClose={closeOverlay}>
      {[...places].map(([place, keys]) => (
        <section key={place}>
          <h3>{PLACES[place]}</h3>
          <dl className={classes.keys}>
            {keys.map((key) => (
              <KeyRow key={key.words} keys={key.keys} words={key.words} />
            ))}
            {place === 'everywhere' && <KeyRow keys={['Esc']} words="Close what lies over the page" />}
          </dl>
        </section>
      ))}
      {!letters && (
        <p>
          Keys without Ctrl are off now. <SettingsLink />
        </p>
      )}
      <section>
        <h3>Shapes</h3>
        <dl className={classes.keys}>
          {MARKS.map(([mark, words]) => (
            <div key={mark}>
              <dt>
                <StateMark mark={mark} />
              </dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
        <p>Hatched means late: the value is the last one known, and its age stands beside it.</p>
      </section>
      {letters && (
        <p>
          Colours, times, density and these keys can be changed. <SettingsLink />
        </p>
      )}
    </OverlayDialog>
  )
}

function KeyRow({ keys, words }: { keys: readonly string[]; words: string }): JSX.Element {
  return (
    <div>
      <dt>
        {keys.map((key, index) => (
          <span key={key}>
            {index > 0 && <span className={classes.or}> or </span>}
            <Kbd>{keyLabel(key)}</Kbd>
          </span>
        ))}
      </dt>
      <dd>{words}</dd>
    </div>
  )
}

function SettingsLink(): JSX.Element {
  return (
    <button type="button" className={classes.link} onClick={() => openOverlay('settings')}>
      Settings
    </button>
  )
}
