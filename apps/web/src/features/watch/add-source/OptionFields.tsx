import type { JSX } from 'react'
import type { SourceOption } from '@headroom/shared/model/source-kind.ts'
import { CodeText } from '../../../ui/CodeText.tsx'
import watch from '../watch.module.css'
import { OptionField } from './OptionField.tsx'
import type { FieldValue, Problems, Values } from './option-values.ts'
import classes from './add.module.css'

type Props = {
  options: readonly SourceOption[]
  values: Values
  problems: Problems
  secretsOf: string
  onChange: (key: string, value: FieldValue) => void
}

/** Options of a source one under the other; those that belong together in a frame of their own. */
export function OptionFields({ options, values, problems, secretsOf, onChange }: Props): JSX.Element {
  const given = (key: string): Pick<Parameters<typeof OptionField>[0], 'name' | 'value' | 'problem' | 'onChange'> => ({
    name: key,
    value: values[key],
    problem: problems[key],
    onChange: (value) => onChange(key, value),
  })
  return (
    <>
      {options.map((option) =>
        option.shape === 'group' ? (
          <fieldset key={option.name} className={classes.inner}>
            <legend>
              <code>{option.name}</code>
            </legend>
            {option.about !== '' && (
              <p className={watch.quiet}>
                <CodeText text={option.about} />
              </p>
            )}
            {(option.options ?? []).map((field) => (
              <OptionField
                key={field.name}
                field={field}
                secretsOf={secretsOf}
                {...given(`${option.name}.${field.name}`)}
              />
            ))}
          </fieldset>
        ) : (
          <OptionField
            key={option.name}
            field={{ ...option, shape: option.shape }}
            secretsOf={secretsOf}
            {...given(option.name)}
          />
        ),
      )}
    </>
  )
}
