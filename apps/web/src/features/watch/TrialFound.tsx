import { useEffect, useRef } from 'react'
import type { JSX } from 'react'
import type { Trial, TriedSource } from '@headroom/shared/model/trial.ts'
import { CodeText } from '../../ui/CodeText.tsx'
import { sentence } from '../../ui/sentence.ts'
import { StateMark } from '../../ui/StateMark.tsx'
import { counted, foundWords, isGiving, mappedWords, sortMapped } from './found-words.ts'
import { MappedTable } from './MappedTable.tsx'
import { TriedList } from './TriedList.tsx'
import { tookText } from './took-text.ts'
import classes from './watch.module.css'

/** What answered, and what was understood of it: the recognised values first, the rest folded. */
export function TrialFound({ trial }: { trial: Trial }): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
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

function Giving({ source }: { source: TriedSource }): JSX.Element {
  const { known, own } = sortMapped(source.mapped)
  return (
    <div className={classes.source}>
      <h3>
        <code>{source.place}</code>
      </h3>
      <p className={classes.quiet}>
        {mappedWords(source)}. It answered in {tookText(source.tookSeconds)}.
      </p>
      {source.error !== undefined && (
        <p className={classes.problem}>
          <CodeText text={sentence(source.error.message)} />
        </p>
      )}
      {known.length > 0 && <MappedTable rows={known} label={`Recognised at ${source.place}`} />}
      {own.length > 0 && (
        <details className={classes.fold} open={known.length === 0}>
          <summary>
            {counted(own.length, 'value', 'values')} kept under {own.length === 1 ? 'its' : 'their'} own path
          </summary>
          <MappedTable rows={own} label={`Other values at ${source.place}`} />
        </details>
      )}
    </div>
  )
}
