import type { JSX } from 'react'
import { CopyButton } from '../../ui/CopyButton.tsx'
import classes from './watch.module.css'

/** Lines to be taken somewhere else, and the button that puts them on the clipboard. `label` says what they are. */
export function CopyLines({ lines, label }: { lines: string; label: string }): JSX.Element {
  return (
    <div className={classes.lines}>
      <div className={classes.linesBox} tabIndex={0} role="group" aria-label={label}>
        <pre>{lines}</pre>
      </div>
      <CopyButton text={lines} what={label} />
    </div>
  )
}
