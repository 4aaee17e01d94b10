import type { JSX } from 'react'
import { useServerStep } from '../../data/use-timeline.ts'
import { CHANGE_SHOWN_MS } from './card-order.ts'
import type { Change } from './card-order.ts'
import { changeWords } from './change-words.ts'
import classes from './overview.module.css'

const LOOK_AGAIN_MS = 5_000

/** The mark of a change of state, for as long as it is news. */
export function ChangeTag({ change }: { change: Change }): JSX.Element | null {
  const now = useServerStep(LOOK_AGAIN_MS)
  if (now - change.at >= CHANGE_SHOWN_MS) return null
  return (
    <span className={classes.change} data-moved={change.moved}>
      {changeWords(change)}
    </span>
  )
}
