import { Button } from '@mantine/core'
import { useRef, useState } from 'react'
import type { JSX } from 'react'
import classes from './watch.module.css'

/** Lines to be taken somewhere else, and the button that puts them on the clipboard. */
export function CopyLines({ lines, label }: { lines: string; label: string }): JSX.Element {
  const [said, setSaid] = useState('')
  const box = useRef<HTMLPreElement>(null)
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(lines)
      setSaid('Copied')
    } catch {
      // A browser gives no clipboard to a page that did not come safely: then the lines are at least chosen.
      if (box.current !== null) getSelection()?.selectAllChildren(box.current)
      setSaid('The lines are selected: copy them by key')
    }
  }
  return (
    <div className={classes.lines}>
      <div className={classes.linesBox} tabIndex={0} role="group" aria-label={label}>
        <pre ref={box}>{lines}</pre>
      </div>
      <div className={classes.copy}>
        <Button size="compact-sm" variant="default" onClick={() => void copy()}>
          Copy
        </Button>
        <span role="status" className={classes.quiet}>
          {said}
        </span>
      </div>
    </div>
  )
}
