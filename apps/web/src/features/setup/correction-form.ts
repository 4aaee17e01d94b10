import { LABEL_NAME, MAX_UNIT, METRIC_NAME } from '@headroom/shared/model/correction.ts'
import type { Correction } from '@headroom/shared/model/correction.ts'
import type { Change } from './changes.ts'

/** What is written into the fields of a correction. Empty: nothing is said of it. */
export type Fields = {
  action: 'metric' | 'ignore' | 'none'
  path: string
  metric: string
  unit: string
  kind: '' | 'gauge' | 'counter' | 'state'
  label: string
}
export type FieldProblems = Partial<Record<keyof Fields, string>>

/** The fields as they stand when a row is first opened: as it is now, so that only what is wrong has to be changed. */
export function fieldsOf(path: string, correction: Correction | undefined, ignored: boolean): Fields {
  return {
    action: ignored ? 'ignore' : 'metric',
    path,
    metric: correction?.metric ?? '',
    unit: correction?.unit ?? '',
    kind: correction?.kind ?? '',
    label: correction?.label ?? '',
  }
}

/** The change that the fields say, or what is wrong with them, by field. */
export function readFields(fields: Fields): { change: Change } | { problems: FieldProblems } {
  const path = fields.path.trim()
  if (path === '') return { problems: { path: 'Name the place in the answer, such as system.memory_mb.' } }
  if (fields.action !== 'metric') return { change: { path, wish: { kind: fields.action } } }
  const [metric, unit, label] = [fields.metric.trim(), fields.unit.trim(), fields.label.trim()]
  const problems: FieldProblems = {}
  if (metric === '') problems.metric = 'Choose a metric, or give a name of your own.'
  else if (!METRIC_NAME.test(metric))
    problems.metric = 'A name begins with a letter, then letters, digits, dots, dashes and underscores.'
  if (unit.length > MAX_UNIT) problems.unit = `A unit has at most ${MAX_UNIT} characters.`
  if (label !== '' && !LABEL_NAME.test(label)) problems.label = 'A label is lower case letters, digits and underscores.'
  else if (label !== '' && !path.split('.').includes('*'))
    problems.label = 'A label takes what * stands for: put a * into the path.'
  if (Object.keys(problems).length > 0) return { problems }
  const correction: Correction = {
    metric,
    ...(unit === '' ? {} : { unit }),
    ...(fields.kind === '' ? {} : { kind: fields.kind }),
    ...(label === '' ? {} : { label }),
  }
  return { change: { path, wish: { kind: 'metric', correction } } }
}
