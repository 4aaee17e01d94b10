import type { JSX, ReactNode } from 'react'
import { StateMark } from '../../ui/StateMark.tsx'
import type { Mark } from '../../ui/mark.ts'
import classes from './setup.module.css'

type Props = { title: string; mark: Mark; word: string; children: ReactNode }

/** A card about one part of the collector: its name, and how it stands in shape and word. */
export function Panel({ title, mark, word, children }: Props): JSX.Element {
  return (
    <section className={`${classes.panel} ${classes[mark]}`} aria-label={title} data-mark={mark}>
      <h2>
        {title}
        <span className={classes.word}>
          <StateMark mark={mark} size={14} />
          {word}
        </span>
      </h2>
      {children}
    </section>
  )
}

/** Names and their values, one a line. */
export function Facts({ rows }: { rows: readonly (readonly [name: string, value: ReactNode])[] }): JSX.Element {
  return (
    <dl className={classes.facts}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
