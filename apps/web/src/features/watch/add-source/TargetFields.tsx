import { useId } from 'react'
import type { JSX } from 'react'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { PresetField } from '../PresetField.tsx'
import { renamed } from '../system-fields.ts'
import type { FieldProblems } from '../system-fields.ts'
import { TextField } from '../TextField.tsx'
import { NEW_SYSTEM } from './target.ts'
import type { Target } from './target.ts'
import watch from '../watch.module.css'
import classes from './add.module.css'

type Props = {
  /** Those that a source can be added to. */
  systems: readonly SystemView[]
  target: Target
  problems: FieldProblems
  onChange: (target: Target) => void
}

/** No id can be this. */
const NEW = '+'

/** Which system the source is for; a new one is given its names and its preset here. */
export function TargetFields({ systems, target, problems, onChange }: Props): JSX.Element {
  const id = useId()
  const problem = target.kind === 'watched' ? problems.id : undefined
  return (
    <fieldset className={classes.group}>
      <legend>For which system</legend>
      {systems.length > 0 && (
        <div className={watch.fieldBox}>
          <label htmlFor={id}>System</label>
          <select
            id={id}
            className={watch.input}
            value={target.kind === 'watched' ? target.id : NEW}
            aria-invalid={problem !== undefined}
            aria-describedby={`${id}-about`}
            onChange={(event) => {
              const chosen = event.currentTarget.value
              onChange(chosen === NEW ? NEW_SYSTEM : { kind: 'watched', id: chosen })
            }}
          >
            {target.kind === 'watched' && target.id === '' && <option value="">Choose one</option>}
            {systems.map((system) => (
              <option key={system.id} value={system.id}>
                {system.name}
              </option>
            ))}
            <option value={NEW}>A new system</option>
          </select>
          <p id={`${id}-about`} className={watch.problem} aria-live="polite">
            {problem}
          </p>
        </div>
      )}
      {target.kind === 'new' && (
        <div className={classes.columns}>
          <TextField
            label="Name"
            hint="What the screens call it."
            value={target.name}
            problem={problems.name}
            onChange={(name) => onChange(renamed(target, name))}
          />
          <TextField
            label="Id"
            hint="Its name in addresses and files: a to z, digits and dashes."
            code
            value={target.id}
            problem={problems.id}
            onChange={(typed) => onChange({ ...target, id: typed.trim() })}
          />
          <PresetField value={target.preset} onChange={(preset) => onChange({ ...target, preset })} />
        </div>
      )}
    </fieldset>
  )
}
