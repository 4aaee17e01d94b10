import { Button } from '@mantine/core'
import { useState } from 'react'
import type { JSX } from 'react'
import classes from './CopyButton.module.css'

const WORDS = { copied: 'Copied', refused: 'Not copied: select the text instead' } as const

type CopyProps = { text: string; what: string; subtle?: boolean }

/** Puts a text on the clipboard, and says whether it got there until the button is left. `what` completes its name. */
export function CopyButton({ text, what, subtle = false }: CopyProps): JSX.Element {
  const [outcome, setOutcome] = useState<keyof typeof WORDS>()
  const copy = async (): Promise<void> => {
    try {
      // Only a secure context has a clipboard: https, or this machine.
      await navigator.clipboard.writeText(text)
      setOutcome('copied')
    } catch {
      setOutcome('refused')
    }
  }
  const said = outcome === undefined ? undefined : WORDS[outcome]
  return (
    <span className={classes.box}>
      <Button
        size="compact-sm"
        variant={subtle ? 'subtle' : 'default'}
        onClick={() => void copy()}
        onBlur={() => setOutcome(undefined)}
        aria-label={said ?? `Copy ${what}`}
      >
        {said ?? 'Copy'}
      </Button>
      <span role="status" className="visually-hidden">
        {said}
      </span>
    </span>
  )
}
