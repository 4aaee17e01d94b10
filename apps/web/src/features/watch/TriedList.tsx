import type { JSX } from 'react'
import type { TriedSource } from '@headroom/shared/model/trial.ts'
import { CodeText } from '../../ui/CodeText.tsx'
import { sentence } from '../../ui/sentence.ts'
import classes from './watch.module.css'

/** Addresses that gave nothing, each with the reason and what to do. */
export function TriedList({ tried }: { tried: readonly TriedSource[] }): JSX.Element {
  return (
    <ul className={classes.tried}>
      {tried.map((source) => (
        <li key={`${source.type} ${source.place}`}>
          <code>{source.place}</code>
          <p>
            <CodeText text={sentence(source.error?.message ?? 'it answers, but gives no numbers')} />
          </p>
        </li>
      ))}
    </ul>
  )
}
