import { z } from 'zod'
import type { Path } from './problem.ts'
import { isRecord } from './record.ts'

export type JsonSchema = Record<string, unknown>

/** The JSON Schema of what is *written*: before defaults and transforms. */
export function inputSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' })
  return rest
}

/** The properties of an object schema with their schemas, over all its variants. */
export function propertiesIn(schema: JsonSchema): Record<string, unknown> {
  return Object.fromEntries(branches(schema).flatMap((branch) => Object.entries(ownProperties(branch))))
}

/** The keys that may stand in the object at `path` of `value`, by a JSON Schema of the whole. */
export function knownKeys(root: JsonSchema, value: unknown, path: Path): string[] {
  return [...new Set(schemasAt(root, value, path).flatMap((schema) => Object.keys(ownProperties(schema))))]
}

/** The fixed words that `key` may hold in the object at `path`: the types of a list of variants. */
export function knownWords(root: JsonSchema, value: unknown, path: Path, key: string): string[] {
  const words = schemasAt(root, value, path).map((schema) => ownProperties(schema)[key])
  return [
    ...new Set(words.flatMap((word) => (isRecord(word) && typeof word['const'] === 'string' ? [word['const']] : []))),
  ]
}

function schemasAt(root: JsonSchema, value: unknown, path: Path): JsonSchema[] {
  let schemas: JsonSchema[] = fitting(root, value)
  let here = value
  for (const part of path) {
    here = step(here, part)
    schemas = schemas.flatMap((schema) => inner(schema, part)).flatMap((schema) => fitting(schema, here))
  }
  return schemas
}

function ownProperties(schema: JsonSchema): Record<string, unknown> {
  return isRecord(schema['properties']) ? schema['properties'] : {}
}

function step(value: unknown, part: string | number): unknown {
  if (Array.isArray(value)) return value[Number(part)] as unknown
  return isRecord(value) ? value[part] : undefined
}

function inner(schema: JsonSchema, part: string | number): JsonSchema[] {
  const { properties, items, additionalProperties } = schema
  if (typeof part === 'number') return isRecord(items) ? [items] : []
  if (isRecord(properties) && isRecord(properties[part])) return [properties[part]]
  return isRecord(additionalProperties) ? [additionalProperties] : []
}

/** The variants of a schema, without those that say another `type` than the value does; if all do, all of them. */
function fitting(schema: JsonSchema, value: unknown): JsonSchema[] {
  const all = branches(schema)
  const type = isRecord(value) ? value['type'] : undefined
  const typed = all.filter((branch) => constantType(branch) !== undefined)
  const others = typed.filter((branch) => constantType(branch) !== type)
  return others.length === typed.length ? all : all.filter((branch) => !others.includes(branch))
}

function constantType(schema: JsonSchema): unknown {
  const type = ownProperties(schema)['type']
  return isRecord(type) ? type['const'] : undefined
}

function branches(schema: JsonSchema): JsonSchema[] {
  const variants = [schema['anyOf'], schema['oneOf'], schema['allOf']].flatMap((list) =>
    Array.isArray(list) ? list.filter(isRecord) : [],
  )
  return [schema, ...variants.flatMap(branches)]
}
