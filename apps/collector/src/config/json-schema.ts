import { FlagDefinition } from '@headroom/shared/model/flag.ts'
import { z } from 'zod'
import { configSchema, SOURCE_FORMAT, type SchemaTables } from './schema.ts'
import type { JsonSchema } from './schema-walk.ts'
import { sourceJsonSchema, type SourceTable } from './source-schema.ts'

/** What the keys of a flag mean, for the editor that completes them. */
const FLAG_HELP: Readonly<Record<keyof FlagDefinition, string>> = {
  id: "The flag's name. The same id as one of the preset's overrides that.",
  off: "true removes the preset's flag of this id.",
  metric:
    'A metric, metric@source, or arithmetic over metrics with spaces around the sign: threads.active / users.active.',
  labels: 'Only series with these labels.',
  over: 'How several series become one judgement; each judges them one by one.',
  kind: 'threshold compares the value; share compares it with what `of` names, in percent; count compares how many happened in `window`; change fires when what should only rise went down; leak compares growth per hour; missing compares `of` minus the value; absent fires when nothing comes any more.',
  above: 'The line: true while the value is greater.',
  below: 'The line: true while the value is less.',
  atLeast: 'The line: true while the value is this or greater.',
  atMost: 'The line: true while the value is this or less.',
  of: 'What a share is of: limit:RESOURCE, tested:RESOURCE, or a metric.',
  window: 'Over how long a count, change or leak looks back.',
  for: 'How long it must hold before it fires, and before it clears: 30s, or 3x for three samples in a row.',
  clear: 'The value at which it clears; by default 5 % inside the line.',
  severity: 'critical: act now. warning: act soon. info: worth knowing.',
  title: 'What the screens call it.',
  steps: 'What to do, the first step first.',
  say: 'A sentence to say to the class.',
  when: 'Only judged while this is true.',
  previous: 'change only: the value before the drop must lie between these.',
  notAfterDeploy: 'change only: a drop this soon after a deploy does not count.',
  why: 'Where the line comes from: shown beside the flag.',
}

/** The JSON Schema of headroom.yaml, for editors, `headroom schema` and `GET /config/schema`. */
export function configJsonSchema(tables: SchemaTables): JsonSchema {
  const schema = z.toJSONSchema(configSchema(tables), {
    io: 'input',
    unrepresentable: 'any',
    reused: 'inline',
    override: ({ zodSchema, jsonSchema }) => {
      if (jsonSchema.format === SOURCE_FORMAT) {
        delete jsonSchema.format
        Object.assign(jsonSchema, sourcesJsonSchema(tables.sources))
      }
      if (zodSchema === FlagDefinition) describe(jsonSchema.properties ?? {}, FLAG_HELP)
    },
  })
  return {
    ...schema,
    title: 'headroom.yaml',
    description: 'What Headroom watches, and how. ${NAME} reads the environment.',
  }
}

function describe(properties: Record<string, unknown>, help: Readonly<Record<string, string>>): void {
  for (const [key, description] of Object.entries(help)) {
    const property = properties[key]
    if (typeof property === 'object' && property !== null) Object.assign(property, { description })
  }
}

function sourcesJsonSchema(table: SourceTable): JsonSchema {
  return {
    description: 'A source of numbers.',
    oneOf: Object.entries(table).map(([type, module]) => sourceJsonSchema(type, module)),
  }
}
