import type { SourceField, SourceOption } from '@headroom/shared/model/source-kind.ts'
import { isSecretKey } from '../lib/secret-key.ts'
import { reachOf } from './option-reach.ts'
import { isRecord } from './record.ts'
import { type JsonSchema, propertiesIn } from './schema-walk.ts'

/** Pairs whose values may be tokens, whatever the names before them are. */
const SECRET_PAIRS: ReadonlySet<string> = new Set(['headers', 'query'])

/** The options in a JSON Schema of a source as fields of a form: what must be given first, else in its order. */
export function sourceOptions(schema: JsonSchema): SourceOption[] {
  const required = requiredIn(schema)
  return Object.entries(propertiesIn(schema))
    .flatMap(([name, property]) => (isRecord(property) ? option(name, property, required.has(name)) : []))
    .toSorted((a, b) => Number(b.required) - Number(a.required))
}

function option(name: string, schema: JsonSchema, required: boolean): SourceOption[] {
  if (schema['const'] !== undefined) return []
  const inside = groupIn(schema)
  if (inside === undefined) return [field(name, schema, required)]
  const within = requiredIn(inside)
  const options = Object.entries(propertiesIn(inside)).flatMap(([key, property]) =>
    isRecord(property) && property['const'] === undefined ? [field(key, property, within.has(key))] : [],
  )
  return [{ ...field(name, schema, required), shape: 'group', options }]
}

function field(name: string, schema: JsonSchema, required: boolean): SourceField {
  const { default: preset, examples } = schema
  const shape = shapeOf(schema)
  const choices = choicesOf(schema)
  return {
    name,
    shape,
    about: aboutOf(schema),
    required,
    secret: shape === 'pairs' ? SECRET_PAIRS.has(name) : shape === 'text' && isSecretKey(name),
    folded: false,
    reach: reachOf(name),
    orOne: isListOrOne(schema),
    ...(shape === 'choice' ? { choices } : {}),
    ...(isPlain(preset) ? { default: preset } : {}),
    ...(Array.isArray(examples) && isPlain(examples[0]) ? { example: String(examples[0]) } : {}),
  }
}

/** What fits a field best, of everything that may stand there. */
function shapeOf(schema: JsonSchema): SourceField['shape'] {
  const all = variants(schema)
  const is = (type: string): boolean => all.some((variant) => variant['type'] === type)
  const listOf = (type: string): boolean =>
    all.some(({ type: own, items }) => own === 'array' && isRecord(items) && variants(items).some(isType(type)))
  if (choicesOf(schema).length > 0) return 'choice'
  if (listOf('string')) return 'list'
  if (listOf('integer') || listOf('number')) return 'numbers'
  // A text may be a number too, as a duration or `"${NAME}"` may; a field of numbers only takes numbers.
  if (all.some((variant) => variant['type'] === 'string' && !isNumeral(variant['pattern']))) return 'text'
  if (is('integer') || is('number')) return 'number'
  if (is('boolean')) return 'switch'
  return all.some(holdsTexts) ? 'pairs' : 'other'
}

const isType =
  (type: string) =>
  (schema: JsonSchema): boolean =>
    schema['type'] === type && schema['const'] === undefined

/** A pattern of digits: the number that `"${NAME}"` gives. */
function isNumeral(pattern: unknown): boolean {
  return typeof pattern === 'string' && new RegExp(pattern).test('123') && !new RegExp(pattern).test('12s')
}

function isListOrOne(schema: JsonSchema): boolean {
  const all = variants(schema)
  return all.some(isType('array')) && all.some(isType('string'))
}

/** The words that may stand there, where nothing else may. */
function choicesOf(schema: JsonSchema): string[] {
  const words = variants(schema).flatMap(({ enum: list, const: word }): unknown[] =>
    Array.isArray(list) ? list : [word],
  )
  const texts = words.filter((word) => typeof word === 'string')
  return texts.length === words.length ? texts : []
}

function holdsTexts({ type, properties, additionalProperties: values }: JsonSchema): boolean {
  return type === 'object' && properties === undefined && isRecord(values) && variants(values).some(isType('string'))
}

function groupIn(schema: JsonSchema): JsonSchema | undefined {
  if (shapeOf(schema) !== 'other') return undefined
  return variants(schema).find(({ properties }) => isRecord(properties) && Object.keys(properties).length > 0)
}

function variants(schema: JsonSchema): JsonSchema[] {
  const inner = [schema['anyOf'], schema['oneOf']].flatMap((list) => (Array.isArray(list) ? list.filter(isRecord) : []))
  if (inner.length > 0) return inner.flatMap(variants)
  const { type } = schema
  return Array.isArray(type) ? type.map((one: unknown) => ({ ...schema, type: one })) : [schema]
}

function aboutOf(schema: JsonSchema): string {
  const { description } = schema
  return typeof description === 'string' ? description : ''
}

/** Required in every way in which it may be written. */
function requiredIn(schema: JsonSchema): ReadonlySet<unknown> {
  const own = schema['required']
  return new Set(Array.isArray(own) ? own : [])
}

function isPlain(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value)
}
