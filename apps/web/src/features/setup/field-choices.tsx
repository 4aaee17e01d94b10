import type { JSX } from 'react'
import { METRICS } from '@headroom/shared/metrics.ts'
import { LABELS } from '@headroom/shared/model/labels.ts'

/** The units an answer may be in, as the collector reads them. */
const UNITS = [
  'bytes',
  'KB',
  'MB',
  'GB',
  'ms',
  'seconds',
  'minutes',
  'hours',
  'percent',
  'ratio',
  'per second',
  'per minute',
]

/** The catalogue's metrics, with what each is in words. */
export function MetricChoices({ id }: { id: string }): JSX.Element {
  return (
    <datalist id={id}>
      {Object.entries(METRICS).map(([name, { title }]) => (
        <option key={name} value={name}>
          {title}
        </option>
      ))}
    </datalist>
  )
}

export function UnitChoices({ id }: { id: string }): JSX.Element {
  return (
    <datalist id={id}>
      {UNITS.map((unit) => (
        <option key={unit} value={unit}>
          {unit}
        </option>
      ))}
    </datalist>
  )
}

export function LabelChoices({ id }: { id: string }): JSX.Element {
  return (
    <datalist id={id}>
      {LABELS.map((label) => (
        <option key={label} value={label}>
          {label}
        </option>
      ))}
    </datalist>
  )
}
