import type { JSX } from 'react'
import type { StateWord } from '../../data/system-words.ts'
import { useServerStep } from '../../data/use-timeline.ts'
import { CHANGE_SHOWN_MS } from './card-order.ts'
import type { Change } from './card-order.ts'
import { changeWords } from './change-words.ts'
import classes from './overview.module.css'

const LOOK_AGAIN_MS = 5_000

/** The word of a state; for as long as a change to it is news, framed, with where it took the card. */
export function StateTag({ word, change }: { word: StateWord; change: Change | undefined }): JSX.Element {
  const now = useServerStep(change === undefined ? Number.MAX_SAFE_INTEGER : LOOK_AGAIN_MS)
  if (change === undefined || change.word !== word || now - change.at >= CHANGE_SHOWN_MS)
    return <span className={classes.word}>{word}</span>
  const { text, arrow, moved } = changeWords(change)
  return (
    <span className={`${classes.word} ${classes.changed}`} data-moved={change.moved}>
      {text}
      {arrow !== '' && (
        <>
          <span aria-hidden="true"> {arrow}</span>
          <span className="visually-hidden">, {moved}</span>
        </>
      )}
    </span>
  )
}
