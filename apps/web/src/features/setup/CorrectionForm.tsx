import { Button } from '@mantine/core'
import { useEffect, useId, useRef, useState } from 'react'
import type { JSX, SubmitEvent } from 'react'
import type { Change } from './changes.ts'
import { readFields } from './correction-form.ts'
import type { FieldProblems, Fields } from './correction-form.ts'
import { Field } from './Field.tsx'
import { LabelChoices, MetricChoices, UnitChoices } from './field-choices.tsx'
import classes from './correction.module.css'

type Props = {
  initial: Fields
  /** A correction of this path stands in the file already. */
  inForce: boolean
  onChange: (change: Change) => void
  onCancel: () => void
}

/** What a value is to be taken for: a metric with its unit and kind, nothing at all, or as it comes. */
export function CorrectionForm({ initial, inForce, onChange, onCancel }: Props): JSX.Element {
  const [fields, setFields] = useState(initial)
  const [problems, setProblems] = useState<FieldProblems>({})
  const first = useRef<HTMLFormElement>(null)
  const lists = useId()
  useEffect(() => {
    first.current?.querySelector<HTMLInputElement>('input[type="radio"]:checked')?.focus()
  }, [])
  useEffect(() => {
    const form = first.current
    const leave = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') onCancel()
    }
    form?.addEventListener('keydown', leave)
    return () => form?.removeEventListener('keydown', leave)
  }, [onCancel])
  const set = (change: Partial<Fields>): void => {
    setFields((before) => ({ ...before, ...change }))
    setProblems({})
  }
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const read = readFields(fields)
    if ('change' in read) return onChange(read.change)
    setProblems(read.problems)
    const [wrong] = Object.keys(read.problems)
    first.current?.querySelector<HTMLInputElement>(`[name="${wrong}"]`)?.focus()
  }
  const field = (
    name: 'path' | 'metric' | 'unit' | 'label',
  ): Pick<Parameters<typeof Field>[0], 'name' | 'value' | 'problem' | 'onChange'> => ({
    name,
    value: fields[name],
    problem: problems[name],
    onChange: (value) => set({ [name]: value }),
  })
  return (
    <form ref={first} className={classes.form} onSubmit={submit} noValidate>
      <fieldset className={classes.actions}>
        <legend className="visually-hidden">What it is</legend>
        {ACTIONS.filter(({ action }) => action !== 'none' || inForce).map(({ action, words }) => (
          <label key={action}>
            <input type="radio" name="action" checked={fields.action === action} onChange={() => set({ action })} />
            {words}
          </label>
        ))}
      </fieldset>
      <Field label="Path in the answer" hint="* stands for any key" {...field('path')} />
      {fields.action === 'metric' && (
        <>
          <Field
            label="Metric"
            hint="of the catalogue, or a name of your own"
            list={`${lists}-metrics`}
            {...field('metric')}
          />
          <Field label="Unit in the answer" hint="empty: as its name says" list={`${lists}-units`} {...field('unit')} />
          <label className={classes.field}>
            Kind
            <select value={fields.kind} onChange={(event) => set({ kind: kindOf(event.currentTarget.value) })}>
              <option value="">a value that goes up and down</option>
              <option value="counter">a counter that only rises</option>
              <option value="state">a state: yes or no</option>
            </select>
          </label>
          {fields.path.includes('*') && (
            <Field label="Label" hint="takes the key that * stands for" list={`${lists}-labels`} {...field('label')} />
          )}
          <MetricChoices id={`${lists}-metrics`} />
          <UnitChoices id={`${lists}-units`} />
          <LabelChoices id={`${lists}-labels`} />
        </>
      )}
      <div className={classes.buttons}>
        <Button type="submit" size="compact-sm">
          Add to the lines
        </Button>
        <Button size="compact-sm" variant="default" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  )
}

const ACTIONS: readonly { action: Fields['action']; words: string }[] = [
  { action: 'metric', words: 'It is a metric' },
  { action: 'ignore', words: 'Leave it out' },
  { action: 'none', words: 'Take it as it comes' },
]

function kindOf(value: string): Fields['kind'] {
  return value === 'counter' || value === 'state' ? value : ''
}
