import { useId } from 'react'
import type { JSX } from 'react'
import classes from './SearchField.module.css'

type Props = {
  label: string
  value: string
  onChange: (value: string) => void
  /** What came of it, said beside the field and to a screen reader. */
  found?: string | undefined
}

/** A field that narrows what stands below it as one types. */
export function SearchField({ label, value, onChange, found }: Props): JSX.Element {
  const id = useId()
  return (
    <div className={classes.search}>
      <label htmlFor={id} className="visually-hidden">
        {label}
      </label>
      <input
        id={id}
        type="search"
        placeholder={label}
        value={value}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || value === '') return
          event.preventDefault()
          onChange('')
        }}
      />
      <span className={classes.found} role="status">
        {found ?? ''}
      </span>
    </div>
  )
}
