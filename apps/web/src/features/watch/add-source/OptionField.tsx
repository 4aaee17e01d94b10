import { useId } from 'react'
import type { JSX } from 'react'
import type { SourceField } from '@headroom/shared/model/source-kind.ts'
import { variableName } from '@headroom/shared/variable-name.ts'
import { CodeText } from '../../../ui/CodeText.tsx'
import watch from '../watch.module.css'
import type { FieldValue } from './option-values.ts'
import { PairsField } from './PairsField.tsx'
import { PlainInput } from './PlainInput.tsx'
import classes from './add.module.css'

type Props = {
  /** Its key among the values. */
  name: string
  field: SourceField
  value: FieldValue | undefined
  problem: string | undefined
  /** What the variables of secrets are named after. */
  secretsOf: string
  onChange: (value: FieldValue) => void
}

/** One option of a source: its name as it stands in the file, what it is for, and where it is typed. */
export function OptionField({ name, field, value, problem, secretsOf, onChange }: Props): JSX.Element {
  const id = useId()
  const label = <code>{field.name}</code>
  const about = (
    <div id={`${id}-about`} className={watch.quiet} aria-live="polite">
      {problem !== undefined && <p className={watch.problem}>{problem}</p>}
      {field.about !== '' && (
        <p>
          <CodeText text={field.about} />
        </p>
      )}
      <Remarks field={field} secretsOf={secretsOf} />
    </div>
  )
  if (field.shape === 'other' || field.reach === 'file')
    return (
      <div className={watch.fieldBox} data-option={name}>
        <p className={classes.name}>{label}</p>
        {about}
      </div>
    )
  if (field.shape === 'pairs')
    return (
      <fieldset className={classes.pairs} data-option={name} aria-describedby={`${id}-about`}>
        <legend>{label}</legend>
        <PairsField
          of={field.name}
          rows={typeof value === 'string' || value === undefined ? [] : value}
          secret={field.secret}
          onChange={onChange}
        />
        {about}
      </fieldset>
    )
  return (
    <div className={watch.fieldBox} data-option={name}>
      <label htmlFor={id} className={field.shape === 'switch' ? classes.switch : undefined}>
        {field.shape === 'switch' && (
          <PlainInput id={id} field={field} value={textOf(value)} wrong={problem !== undefined} onChange={onChange} />
        )}
        {label}
        {field.required && <span className={watch.quiet}> needed</span>}
      </label>
      {field.shape !== 'switch' && (
        <PlainInput id={id} field={field} value={textOf(value)} wrong={problem !== undefined} onChange={onChange} />
      )}
      {about}
    </div>
  )
}

function textOf(value: FieldValue | undefined): string {
  return typeof value === 'string' ? value : ''
}

/** What there is to know of a field beyond what it is for: where its secret goes, what cannot be done from here. */
function Remarks({ field, secretsOf }: Pick<Props, 'field' | 'secretsOf'>): JSX.Element | null {
  if (field.reach === 'file')
    return (
      <p>
        It runs a program on the collector’s machine, so it counts only where it stands in <code>headroom.yaml</code>:
        it cannot be given here.
      </p>
    )
  if (field.reach === 'lines')
    return <p>It reads a file of the collector’s machine: it is not tried from here, but its lines can be had.</p>
  if (field.shape === 'other')
    return (
      <p>
        It is more than a field can hold: add it in <code>headroom.yaml</code>.
      </p>
    )
  if (field.shape === 'list') return <p>One a line.</p>
  if (field.shape === 'numbers') return <p>Commas between them.</p>
  if (field.secret && field.shape === 'text')
    return (
      <p>
        Used to try it, and not kept. The lines say <code>{`\${${variableName(secretsOf, field.name)}}`}</code>.
      </p>
    )
  if (field.secret) return <p>Values that may be secret stand in the lines as variables.</p>
  return null
}
