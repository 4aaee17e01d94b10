import { Kbd, UnstyledButton } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { JSX } from 'react'
import { setPreferences, usePreferences } from '../data/preferences.ts'
import { StateMark } from '../ui/StateMark.tsx'
import { closeHelp, useHelpOpened } from './help-store.ts'
import classes from './shell.module.css'

const KEYS = [
  ['?', 'This help'],
  ['o', 'Overview'],
  ['u', 'Set-up'],
  ['p', 'Pause, or back to live (on a system)'],
  ['Tab', 'From one thing to the next'],
  ['Esc', 'Close'],
] as const
const MARKS = [
  ['ok', 'ok: nothing is flagged'],
  ['warning', 'warning: act soon'],
  ['critical', 'critical: act now'],
  ['unknown', 'unknown: its primary source does not answer'],
] as const

/** The keys, the shapes, and the two switches that belong to them. */
export function Help(): JSX.Element {
  const opened = useHelpOpened()
  const dialog = useRef<HTMLDialogElement>(null)
  const { letters, announce } = usePreferences()
  useEffect(() => {
    if (opened) dialog.current?.showModal()
    else dialog.current?.close()
  }, [opened])
  return (
    <dialog ref={dialog} className={classes.help} onClose={closeHelp} aria-labelledby="help-title">
      <div className={classes.helpHead}>
        <h2 id="help-title">Help</h2>
        <UnstyledButton onClick={closeHelp} className={classes.zone}>
          Close
        </UnstyledButton>
      </div>
      <h3>Keys</h3>
      <dl>
        {KEYS.map(([key, words]) => (
          <div key={key}>
            <dt>
              <Kbd>{key}</Kbd>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <label>
        <input
          type="checkbox"
          checked={letters}
          onChange={(event) => setPreferences({ letters: event.currentTarget.checked })}
        />{' '}
        Single-letter keys
      </label>
      <h3>Shapes</h3>
      <dl>
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
      <label>
        <input
          type="checkbox"
          checked={announce}
          onChange={(event) => setPreferences({ announce: event.currentTarget.checked })}
        />{' '}
        Tell changes of state to a screen reader
      </label>
    </dialog>
  )
}
