import { ROUTES } from '@headroom/shared/contracts.ts'
import type { NewSystem, SystemWritten, Trial, TrialRequest } from '@headroom/shared/model/trial.ts'
import { z } from 'zod'
import { getJson, postJson } from './json-call.ts'

/** An address is asked under several paths, each with its own deadline; no answer of the collector takes longer. */
const TRY_MS = 60_000

/** Lets the collector ask an address or a source once. Throws an `HttpProblem` that says what to do. */
export function tryAddress(request: TrialRequest, signal: AbortSignal): Promise<Trial> {
  return postJson(ROUTES.try.path, request, ROUTES.try.response, signal, TRY_MS)
}

/** Has the configuration written with a system that was tried, or gets the lines to add. Throws an `HttpProblem`. */
export function addSystem(system: NewSystem, signal: AbortSignal): Promise<SystemWritten> {
  return postJson(ROUTES.addSystem.path, system, ROUTES.addSystem.response, signal, TRY_MS)
}

/** What of the configuration's JSON Schema names the presets. */
const Presets = z.object({
  properties: z.object({
    systems: z.object({
      items: z.object({
        properties: z.object({
          preset: z.object({ anyOf: z.array(z.looseObject({ enum: z.array(z.string()).optional() })) }),
        }),
      }),
    }),
  }),
})

/** The presets that a system may have. */
export async function fetchPresets(signal: AbortSignal): Promise<string[]> {
  const schema = await getJson(ROUTES.configSchema.path, Presets, {}, signal)
  return schema.properties.systems.items.properties.preset.anyOf.flatMap((choice) => choice.enum ?? [])
}
