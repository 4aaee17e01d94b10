import { useRef } from 'react'
import type { JSX } from 'react'
import type { Trial } from '@headroom/shared/model/trial.ts'
import { StateMark } from '../../ui/StateMark.tsx'
import { counted, foundWords, isGiving } from './found-words.ts'
import { Giving } from './Giving.tsx'
import { TriedList } from './TriedList.tsx'
import { useAnswerFocus } from './use-answer-focus.ts'
import classes from './watch.module.css'

/** What answered, and what was understood of it: the recognised values first, the rest folded. */
export function TrialFound({ trial }: { trial: Trial }): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null)
  useAnswerFocus(heading)
  const giving = trial.tried.filter(isGiving)
  const failing = trial.tried.filter((source) => !isGiving(source))
  return (
    <section className={classes.found} aria-labelledby="watch-found">
      <h2 id="watch-found" ref={heading} tabIndex={-1}>
        <StateMark mark="ok" size={18} />
        {foundWords(trial)}
      </h2>
      {giving.map((source) => (
        <Giving key={source.place} source={source} />
      ))}
      {failing.length > 0 && (
        <details className={classes.fold}>
          <summary>{counted(failing.length, 'other address', 'other addresses')} gave nothing</summary>
          <TriedList tried={failing} />
        </details>
      )}
    </section>
  )
}
