import { z } from 'zod'
import type { CommonOptions, Source, SourceContext, SourceModule } from '../sources/types.ts'
import { explain } from './explain.ts'
import { Duration, Every, Id } from './fields.ts'
import { didYouMean } from '../lib/nearest.ts'
import { isRecord } from './record.ts'
import { OPTION_HELP } from './source-help.ts'
import type { Finding } from './problem.ts'
import { inputSchema, propertiesIn, type JsonSchema } from './schema-walk.ts'

/** The kinds of sources this program has. Each module keeps its own options to itself. */
export type SourceTable = Readonly<Record<string, SourceModule<unknown, Source>>>

/** A source as configured, every default filled in. `options` is what its module's `open` takes. */
export type SourceConfig = CommonOptions & {
  type: string
  lagMs: number
  /** Where it looks, without any secret. */
  where: string
  options: CommonOptions & Readonly<Record<string, unknown>>
}

export const CommonFields = z.strictObject({
  id: Id.optional().describe(
    'The name of this source in its system; by default its type. Needed where a type repeats.',
  ),
  every: Every.optional().describe('How often it is asked, at least 1s.'),
  timeout: Duration.refine((ms) => ms >= 100, 'must be at least 100ms')
    .optional()
    .describe('How long an answer may take.'),
  maxSeries: z
    .int()
    .min(1)
    .max(100_000)
    .optional()
    .describe('How many series it may bring; what is left out is counted and shown.'),
  labels: z
    .record(
      z.string().regex(/^[a-z_][a-z0-9_]*$/, 'must be a label name: lower case letters, digits and _'),
      z.string(),
    )
    .optional()
    .describe('Labels added to every series of this source.'),
})

/** Opens a configured source. */
export function openSource(table: SourceTable, source: SourceConfig, context: SourceContext): Source {
  const module = table[source.type]
  if (module === undefined) throw new Error(`no source type ${source.type}`)
  return module.open(source.options, context)
}

export type SourceOutcome = { source: SourceConfig } | { findings: Finding[] }

/** Reads one entry of `sources:`. The type decides which module reads the options that are not common. */
export function readSource(raw: unknown, table: SourceTable): SourceOutcome {
  if (!isRecord(raw))
    return refuse({ path: [], message: 'must be a source', hint: 'such as { type: http-json, url: "https://..." }' })
  const type = raw['type']
  if (type === undefined)
    return refuse({ path: [], message: 'type is missing', hint: `one of ${Object.keys(table).join(', ')}` })
  const module = typeof type === 'string' && Object.hasOwn(table, type) ? table[type] : undefined
  if (module === undefined || typeof type !== 'string') return refuse(unknownType(type, table))
  const { common, own } = split(raw)
  const commonRead = CommonFields.safeParse(common)
  const ownRead = module.schema.safeParse(own)
  const schema = sourceJsonSchema(type, module)
  const issues = [...(commonRead.error?.issues ?? []), ...(ownRead.error?.issues ?? [])]
  const findings = [...explain(issues, schema, raw), ...unknownOptions(own, schema, ownRead.error?.issues ?? [])]
  if (!commonRead.success || !ownRead.success || findings.length > 0) return { findings }
  const options = withDefaults(commonRead.data, type, module)
  const whole = { ...(isRecord(ownRead.data) ? ownRead.data : {}), ...options }
  return { source: { ...options, type, lagMs: module.defaults.lagMs, where: module.describe(whole), options: whole } }
}

/** The JSON Schema of one type of source, common options included. */
export function sourceJsonSchema(type: string, module: SourceModule<unknown, Source>): JsonSchema {
  const own = inputSchema(module.schema)
  const common = inputSchema(CommonFields)
  const properties = {
    type: { const: type, description: module.about },
    ...explained(propertiesIn(own)),
    ...propertiesIn(common),
  }
  const required: unknown[] = Array.isArray(own['required']) ? own['required'] : []
  return {
    type: 'object',
    title: module.title,
    description: module.about,
    properties,
    required: ['type', ...required],
    additionalProperties: false,
  }
}

function explained(properties: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(properties).map(([key, property]) => {
    const help = OPTION_HELP[key]
    return [key, isRecord(property) && help !== undefined ? { description: help, ...property } : property] as const
  })
  return Object.fromEntries(entries)
}

function withDefaults(
  common: z.infer<typeof CommonFields>,
  type: string,
  module: SourceModule<unknown, Source>,
): CommonOptions {
  return {
    id: common.id ?? type,
    everyMs: common.every ?? module.defaults.everyMs,
    timeoutMs: common.timeout ?? module.defaults.timeoutMs,
    maxSeries: common.maxSeries ?? module.defaults.maxSeries,
    labels: common.labels ?? {},
  }
}

function unknownType(type: unknown, table: SourceTable): Finding {
  const known = Object.keys(table)
  if (typeof type !== 'string') return { path: ['type'], message: `must be one of ${known.join(', ')}` }
  const hint = didYouMean(type, known) ?? `one of ${known.join(', ')}`
  return { path: ['type'], message: `there is no source type ${JSON.stringify(type)}`, hint }
}

function split(raw: Readonly<Record<string, unknown>>): {
  common: Record<string, unknown>
  own: Record<string, unknown>
} {
  const isCommon = (key: string): boolean => Object.hasOwn(CommonFields.shape, key)
  const entries = Object.entries(raw).filter(([key]) => key !== 'type')
  return {
    common: Object.fromEntries(entries.filter(([key]) => isCommon(key))),
    own: Object.fromEntries(entries.filter(([key]) => !isCommon(key))),
  }
}

/** A module may have written a schema that passes over keys it does not know; here they are errors all the same. */
function unknownOptions(
  own: Record<string, unknown>,
  schema: JsonSchema,
  issues: readonly z.core.$ZodIssue[],
): Finding[] {
  if (issues.some((issue) => issue.code === 'unrecognized_keys' && issue.path.length === 0)) return []
  const known = Object.keys(propertiesIn(schema))
  const keys = Object.keys(own).filter((key) => !known.includes(key))
  return keys.map((key) => ({
    path: [],
    key,
    message: 'unknown key',
    hint: didYouMean(key, known) ?? `known here: ${known.join(', ')}`,
  }))
}

function refuse(finding: Finding): SourceOutcome {
  return { findings: [finding] }
}
