import type { JSX, ReactNode } from 'react'
import classes from './EmptyState.module.css'

/** Nothing to show yet, and what to do about it. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }): JSX.Element {
  return (
    <section className={classes.empty}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}
