import { useId } from 'react'
import type { JSX } from 'react'
import classes from './watch.module.css'

type Props = {
  label: string
  hint: string
  value: string
  problem: string | undefined
  onChange: (value: string) => void
  /** Set in the type of code: it is typed letter by letter. */
  code?: boolean
}

/** One line of text with its label, a hint, and what is wrong with it. */
export function TextField({ label, hint, value, problem, onChange, code = false }: Props): JSX.Element {
  const id = useId()
  return (
    <div className={classes.fieldBox}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className={`${classes.input} ${code ? classes.code : ''}`}
        dir="auto"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
        {...(code ? { autoCapitalize: 'off' } : {})}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-hint`}
      />
      <p id={`${id}-hint`} className={problem === undefined ? classes.quiet : classes.problem}>
        {problem ?? hint}
      </p>
    </div>
  )
}
