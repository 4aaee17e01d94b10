import type { JSX } from 'react'
import type { SourceField } from '@headroom/shared/model/source-kind.ts'
import watch from '../watch.module.css'

type Props = {
  id: string
  field: SourceField
  value: string
  wrong: boolean
  onChange: (value: string) => void
}

/** Where an option is typed or chosen, by its shape; described by what stands at `ID-about`. */
export function PlainInput({ id, field, value, wrong, onChange }: Props): JSX.Element {
  const common = { id, 'aria-describedby': `${id}-about`, 'aria-invalid': wrong }
  const typed = {
    ...common,
    className: `${watch.input} ${watch.code}`,
    value,
    autoComplete: 'off',
    autoCapitalize: 'off',
    autoCorrect: 'off',
    spellCheck: false,
    'aria-required': field.required,
    placeholder: placeholderOf(field),
  }
  switch (field.shape) {
    case 'switch':
      return (
        <input
          {...common}
          type="checkbox"
          checked={value === '' ? field.default === true : value === 'true'}
          onChange={(event) => onChange(String(event.currentTarget.checked))}
        />
      )
    case 'choice':
      return (
        <select
          {...common}
          className={watch.input}
          value={value === '' ? String(field.default ?? '') : value}
          onChange={(event) => onChange(event.currentTarget.value)}
        >
          {field.default === undefined && <option value="">Not said</option>}
          {(field.choices ?? []).map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </select>
      )
    case 'list':
      return (
        <textarea
          {...typed}
          placeholder={field.example ?? ''}
          rows={Math.min(6, Math.max(2, value.split('\n').length))}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )
    default:
      return (
        <input
          {...typed}
          type={field.secret ? 'password' : 'text'}
          inputMode={field.shape === 'number' ? 'numeric' : 'text'}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )
  }
}

function placeholderOf({ secret, example, default: preset }: SourceField): string {
  return secret ? '' : String(example ?? preset ?? '')
}
