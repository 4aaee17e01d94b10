import type { JSX, ReactNode } from 'react'
import type { Mark } from './mark.ts'
import { StateMark } from './StateMark.tsx'
import classes from './Banner.module.css'

/** A bar across the page for what concerns all of it. */
export function Banner({
  mark,
  children,
  action,
}: {
  mark: Mark
  children: ReactNode
  action?: ReactNode
}): JSX.Element {
  return (
    <div className={`${classes.banner} ${classes[mark]}`}>
      <StateMark mark={mark} />
      <div className={classes.words}>{children}</div>
      {action}
    </div>
  )
}
