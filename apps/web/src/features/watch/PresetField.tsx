import { useId } from 'react'
import type { JSX } from 'react'
import { usePresets } from '../../data/source-kinds.ts'
import { lowerFirst } from '../../ui/line-words.ts'
import classes from './watch.module.css'

/** It always applies, so it is nothing to choose. */
const ALWAYS = 'web-service'

type Props = {
  value: string
  suggested?: string | undefined
  why?: string | undefined
  onChange: (preset: string) => void
}

/** Which documented system it is, if any. `why` says what speaks for the one that is suggested. */
export function PresetField({ value, suggested, why, onChange }: Props): JSX.Element {
  const id = useId()
  const presets = usePresets().data ?? []
  const offered = new Set([...(suggested === undefined ? [] : [suggested]), ...presets.map((preset) => preset.id)])
  offered.delete(ALWAYS)
  return (
    <div className={classes.fieldBox}>
      <label htmlFor={id}>Preset</label>
      <select
        id={id}
        className={classes.input}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        aria-describedby={`${id}-hint`}
      >
        <option value="">None</option>
        {[...offered].map((preset) => (
          <option key={preset} value={preset}>
            {preset === suggested ? `${preset} (suggested)` : preset}
          </option>
        ))}
      </select>
      <p id={`${id}-hint`} className={classes.quiet}>
        A documented system whose limits and flags apply. What every web service needs is flagged in any case.
        {why !== undefined && suggested !== undefined && (
          <>
            {' '}
            It may be <b>{suggested}</b>: {lowerFirst(why)}
          </>
        )}
      </p>
    </div>
  )
}
