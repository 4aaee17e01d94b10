import { FlagDefinition } from '@headroom/shared/model/flag.ts'
import { RESOURCES } from '@headroom/shared/resources.ts'
import { z } from 'zod'
import { Access } from './access-schema.ts'
import { EventField } from './event-schema.ts'
import { Amount, Duration, GIBIBYTE, Id, Size } from './fields.ts'
import { Notify } from './notify-schema.ts'
import { readSource, type SourceConfig, type SourceTable } from './source-schema.ts'

export const ACTIONS = ['restart', 'scale', 'rollback'] as const

/** What the schema is derived from: the tables of sources and of presets. */
export type SchemaTables = { sources: SourceTable; presets: readonly string[] }

/** Marks the places in the JSON Schema where the table of sources belongs. */
export const SOURCE_FORMAT = 'headroom-source'

/** One entry of `sources:`; its type decides the rest, so it reads itself. */
export function sourceField(table: SourceTable): z.ZodType<SourceConfig> {
  return z
    .unknown()
    .transform((raw, context): SourceConfig => {
      const outcome = readSource(raw, table)
      if ('source' in outcome) return outcome.source
      for (const { path, key, message, hint } of outcome.findings) {
        context.issues.push({ code: 'custom', path: [...path], message, params: { key, hint }, input: raw })
      }
      return z.NEVER
    })
    .meta({ format: SOURCE_FORMAT })
}

/** A limit per resource, in its own unit, and a tested one beside each. */
function limitFields(): z.ZodType<Record<string, number | undefined>> {
  const entries = RESOURCES.flatMap(({ id, title, unit }) => {
    const amount = unit === 'bytes' ? Size : Amount
    return [
      [id, amount.optional().describe(`${title}: how much there is.`)],
      [`${id}.tested`, amount.optional().describe(`${title}: what a rehearsal has shown to work.`)],
    ] as const
  })
  return z.strictObject(Object.fromEntries(entries))
}

/** The schema of a system. */
// oxlint-disable-next-line typescript/explicit-module-boundary-types -- zod's own type says it, and Config is inferred from it.
export function systemSchema({ sources, presets }: SchemaTables) {
  const Preset = z.enum(presets)
  return z
    .strictObject({
      id: Id.describe('The name of the system in addresses and files.'),
      name: z.string().min(1).optional().describe('What the screens call it; by default its id.'),
      preset: z
        .union([Preset, z.array(Preset)])
        .default([])
        .describe('A documented system whose limits and flags apply, or a list of them. web-service always applies.'),
      limits: limitFields()
        .default({})
        .describe('How much there is of what. Overrides what the system reports and what the preset says.'),
      people: z.string().optional().describe('The metric that counts people; by default the preset says.'),
      actions: z
        .array(z.enum(ACTIONS))
        .default([])
        .describe('What may be done to the system from the screen; nothing by default.'),
      sources: z
        .array(sourceField(sources))
        .default([])
        .describe('Where the numbers come from. The first that gives a metric is the primary one.'),
      flags: z
        .array(FlagDefinition)
        .default([])
        .describe("Adds to the preset's flags, or by the same id overrides them; off: true removes."),
    })
    .transform(({ preset, ...rest }) => ({
      ...rest,
      name: rest.name ?? rest.id,
      presets: typeof preset === 'string' ? [preset] : preset,
    }))
}

const Storage = z.strictObject({
  retain: Duration.prefault('30d').describe('How long everything is kept; recordings keep their own span.'),
  maxBytes: Size.prefault(5 * GIBIBYTE).describe('How large the data folder may grow.'),
})

/** The schema of headroom.yaml. */
// oxlint-disable-next-line typescript/explicit-module-boundary-types -- zod's own type says it, and Config is inferred from it.
export function configSchema(tables: SchemaTables) {
  return z
    .strictObject({
      systems: z.array(systemSchema(tables)).describe('The applications being watched. An empty list is fine.'),
      event: EventField.optional().describe('One planned day.'),
      events: z.array(EventField).default([]).describe('Planned days.'),
      notify: z.array(Notify).default([]).describe('Where alerts are sent.'),
      access: Access.optional().describe('Who may do what. Needed to listen beyond this machine.'),
      storage: Storage.prefault({}).describe('How much is kept.'),
    })
    .transform(({ event, events, storage, ...rest }) => ({
      ...rest,
      events: event === undefined ? events : [event, ...events],
      storage: { retainMs: storage.retain, maxBytes: storage.maxBytes },
    }))
}

/** headroom.yaml, read: every default filled in, durations in ms, sizes in bytes, times as moments. */
export type Config = z.output<ReturnType<typeof configSchema>>
export type SystemConfig = Config['systems'][number]
