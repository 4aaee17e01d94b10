import { useRef } from 'react'
import type { JSX } from 'react'
import { catalogued } from '@headroom/shared/metrics.ts'
import type { Corrections } from '@headroom/shared/model/correction.ts'
import type { Mapped } from '@headroom/shared/model/trial.ts'
import { numberText } from '../../ui/format-number.ts'
import { CorrectionForm } from './CorrectionForm.tsx'
import { fieldsOf } from './correction-form.ts'
import type { Draft } from './drafts.ts'
import { placeOf, takenOf } from './mapping-rows.ts'
import classes from './mapping.module.css'

type Props = {
  row: Mapped
  corrections: Corrections | undefined
  draft: Draft
  editing: boolean
  onEdit: (edit: boolean) => void
  /** Shows the lines that the corrections have become. */
  onLines: () => void
}

/** One value of an answer: where it stands, what it was taken for and why, and the way to say otherwise. */
export function MappingRow({ row, corrections, draft, editing, onEdit, onLines }: Props): JSX.Element {
  const button = useRef<HTMLButtonElement>(null)
  const place = placeOf(row)
  const taken = takenOf(row)
  const wished = draft.changes.some((change) => change.path === place)
  const done = (): void => {
    onEdit(false)
    button.current?.focus()
  }
  return (
    <li className={`${classes.row} ${classes[taken]}`} data-path={row.path} data-metric={row.metric} data-how={row.how}>
      <code className={classes.path}>{row.path}</code>
      <span className={classes.taken}>
        {row.metric !== '' && <code>{row.metric}</code>}
        {Object.entries(row.labels).map(([name, value]) => (
          <span key={name} className={classes.label}>
            {name} <bdi>{value}</bdi>
          </span>
        ))}
        {wished ? (
          <button type="button" className={classes.toLines} onClick={onLines}>
            to be corrected: show the lines
          </button>
        ) : (
          <span className={classes.how}>{howWords(row)}</span>
        )}
      </span>
      <span className={classes.value}>{taken === 'out' ? '' : valueText(row)}</span>
      <span className={classes.act}>
        {corrections !== undefined && place !== undefined && (
          <button
            ref={button}
            type="button"
            aria-expanded={editing}
            aria-label={`Correct ${row.path}`}
            onClick={() => onEdit(!editing)}
          >
            Correct…
          </button>
        )}
      </span>
      {editing && corrections !== undefined && place !== undefined && (
        <CorrectionForm
          initial={initialFields(row, place, corrections)}
          inForce={corrections.ignore.includes(place) || Object.hasOwn(corrections.map, place)}
          onChange={(change) => {
            draft.add(change)
            done()
          }}
          onCancel={done}
        />
      )}
    </li>
  )
}

/** What it is now, so that only what is wrong has to be changed. */
function initialFields(row: Mapped, place: string, { map, ignore }: Corrections): ReturnType<typeof fieldsOf> {
  const inForce = Object.hasOwn(map, place) ? map[place] : undefined
  const [label] = Object.keys(row.labels)
  const asFound =
    catalogued(row.metric) === undefined
      ? undefined
      : { metric: row.metric, ...(place.includes('*') && label !== undefined ? { label } : {}) }
  return fieldsOf(place, inForce ?? asFound, ignore.includes(place))
}

function howWords(row: Mapped): string {
  switch (takenOf(row)) {
    case 'recognised':
      return row.place === null && row.path.includes(', ') ? 'follows from the two' : ''
    case 'corrected':
      return 'by your map'
    case 'own':
      return 'not recognised: kept under its own path'
    case 'out':
      return String(row.value)
  }
}

function valueText({ value, unit }: Mapped): string {
  return typeof value === 'number' ? numberText(value, unit) : value
}
