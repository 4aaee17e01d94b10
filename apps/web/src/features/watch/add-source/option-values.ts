import type { SourceField, SourceKindView, SourceOption } from '@headroom/shared/model/source-kind.ts'
import { variableName } from '@headroom/shared/variable-name.ts'

export type Pair = { name: string; value: string }
/** What stands in a field: as it was typed; of pairs, each row. Empty: nothing is said of it. */
export type FieldValue = string | readonly Pair[]
/** By option; of what is in a group, by `group.option`. */
export type Values = Readonly<Record<string, FieldValue>>

/** What is wrong with a field, by its key. */
export type Problems = Readonly<Record<string, string>>

/** Every field of a kind with its key, those of groups among them. */
function fieldsOf(options: readonly SourceOption[]): { key: string; field: SourceField }[] {
  return options.flatMap((option) =>
    option.shape === 'group'
      ? (option.options ?? []).map((field) => ({ key: `${option.name}.${field.name}`, field }))
      : [{ key: option.name, field: { ...option, shape: option.shape } }],
  )
}

/** The source as it would stand in the file, of all that was said. */
export function sourceOf(
  { kind, options }: SourceKindView,
  values: Values,
): { type: string } & Record<string, unknown> {
  const said = options.flatMap((option): [string, unknown][] => {
    if (option.reach === 'file') return []
    if (option.shape !== 'group') return entry(option.name, { ...option, shape: option.shape }, values[option.name])
    const inside = (option.options ?? []).flatMap((field) =>
      entry(field.name, field, values[`${option.name}.${field.name}`]),
    )
    return inside.length === 0 ? [] : [[option.name, Object.fromEntries(inside)]]
  })
  return { type: kind, ...Object.fromEntries(said) }
}

function entry(name: string, field: SourceField, value: FieldValue | undefined): [string, unknown][] {
  const read = value === undefined ? undefined : readField(field, value)
  return read === undefined ? [] : [[name, read]]
}

/** What a field says, or undefined where it says nothing of its own. */
function readField(field: SourceField, value: FieldValue): unknown {
  if (typeof value !== 'string') {
    const pairs = value.filter(({ name }) => name.trim() !== '').map((pair) => [pair.name.trim(), pair.value] as const)
    return pairs.length === 0 ? undefined : Object.fromEntries(pairs)
  }
  // A space may belong to a secret; around anything else it came with the clipboard.
  const text = field.secret ? value : value.trim()
  if (text === '') return undefined
  switch (field.shape) {
    case 'switch':
      return (text === 'true') === (field.default ?? false) ? undefined : text === 'true'
    case 'number':
      return numberOr(text)
    case 'list': {
      const items = linesOf(text)
      return field.orOne && items.length === 1 ? items[0] : items
    }
    case 'numbers':
      return linesOf(text.replaceAll(',', '\n')).map(numberOr)
    case 'choice':
      return text === field.default ? undefined : text
    case 'text':
    case 'pairs':
      return text
    case 'other':
      return undefined
  }
}

/** What is no number is sent as it is: the collector says in its own words what it should have been. */
function numberOr(text: string): number | string {
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** What must be given and is not. In a group only once something of the group is given. */
export function missingOf({ options }: SourceKindView, values: Values): Problems {
  const missing = options.flatMap((option): string[] => {
    if (option.shape !== 'group') return option.required && isEmpty(values[option.name]) ? [option.name] : []
    const keys = (option.options ?? []).map((field) => ({ key: `${option.name}.${field.name}`, field }))
    const begun = option.required || keys.some(({ key }) => !isEmpty(values[key]))
    return begun ? keys.flatMap(({ key, field }) => (field.required && isEmpty(values[key]) ? [key] : [])) : []
  })
  return Object.fromEntries(missing.map((key) => [key, 'This is needed.']))
}

function isEmpty(value: FieldValue | undefined): boolean {
  return value === undefined || value.length === 0 || (typeof value === 'string' && value.trim() === '')
}

/** The same with a variable in each secret that is needed and was not typed: for lines that nobody tries. */
export function withVariables(kind: SourceKindView, values: Values, of: string): Values {
  const named = fieldsOf(kind.options).flatMap(({ key, field }) =>
    field.secret && field.required && field.shape === 'text' && isEmpty(values[key])
      ? [[key, `\${${variableName(of, field.name)}}`] as const]
      : [],
  )
  return { ...values, ...Object.fromEntries(named) }
}

/** The options that were given although no trial may use them: they read a file of the collector's machine. */
export function notTried(kind: SourceKindView, values: Values): string[] {
  return kind.options.flatMap(({ name, reach, shape }) =>
    reach === 'lines' && shape !== 'group' && !isEmpty(values[name]) ? [name] : [],
  )
}

/** The field that the collector's refusal is about: `source.follow.token` is `follow.token`, `source.map.x` is `map`. */
export function fieldAt(kind: SourceKindView, path: string | undefined): string | undefined {
  const steps = (path ?? '')
    .replaceAll(/\[\d+\]/g, '')
    .split('.')
    .slice(1)
  const keys = fieldsOf(kind.options).map(({ key }) => key)
  return [steps.slice(0, 2).join('.'), steps[0] ?? ''].find((key) => keys.includes(key))
}
