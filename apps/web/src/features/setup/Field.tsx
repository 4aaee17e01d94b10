import { useId } from 'react'
import type { JSX } from 'react'
import classes from './correction.module.css'

type Props = {
  label: string
  hint: string
  name: string
  value: string
  problem: string | undefined
  onChange: (value: string) => void
  /** Choices that the browser offers; anything else may be written too. */
  list?: string
}

/** A line of text with its name, what it is for, and what is wrong with it. */
export function Field({ label, hint, name, value, problem, onChange, list }: Props): JSX.Element {
  const id = useId()
  return (
    <div className={classes.field}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={name}
        value={value}
        list={list}
        maxLength={400}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-about`}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <span id={`${id}-about`} className={problem === undefined ? classes.hint : classes.wrong} aria-live="polite">
        {problem ?? hint}
      </span>
    </div>
  )
}
