import { ErrorBody, ROUTES } from '@headroom/shared/contracts.ts'
import type { NewSystem, SystemWritten, Trial, TrialRequest } from '@headroom/shared/model/trial.ts'
import { z } from 'zod'
import { HttpProblem } from './http-client.ts'

/** An address is asked under several paths, each with its own deadline; no answer of the collector takes longer. */
const TRY_MS = 60_000
const WRITE_MS = 15_000

/** Lets the collector ask an address or a source once. Throws an `HttpProblem` that says what to do. */
export function tryAddress(request: TrialRequest, signal: AbortSignal): Promise<Trial> {
  return post(ROUTES.try.path, request, ROUTES.try.response, TRY_MS, signal)
}

/** Has the configuration written with a system that was tried, or gets the lines to add. Throws an `HttpProblem`. */
export function addSystem(system: NewSystem, signal: AbortSignal): Promise<SystemWritten> {
  return post(ROUTES.addSystem.path, system, ROUTES.addSystem.response, WRITE_MS, signal)
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

/** The presets that a system may have; none where this collector does not tell. */
export async function fetchPresets(signal: AbortSignal): Promise<string[]> {
  const answer = await ask(ROUTES.configSchema.path, {}, WRITE_MS, signal)
  const parsed = Presets.safeParse(answer.body)
  if (!parsed.success) return []
  return parsed.data.properties.systems.items.properties.preset.anyOf.flatMap((choice) => choice.enum ?? [])
}

async function post<S extends z.ZodType>(
  path: string,
  sent: unknown,
  schema: S,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<z.output<S>> {
  const init = { method: 'POST', body: JSON.stringify(sent), headers: { 'content-type': 'application/json' } }
  const { status, body } = await ask(path, init, timeoutMs, signal)
  if (status < 200 || status > 299) throw refused(status, body)
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  throw new HttpProblem(
    'not_understood',
    'The collector’s answer was not understood. Reload the page: the collector may be newer than it.',
    false,
  )
}

async function ask(
  path: string,
  init: RequestInit,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<{ status: number; body: unknown }> {
  const deadline = AbortSignal.timeout(timeoutMs)
  try {
    const response = await fetch(`/api/v1${path}`, { ...init, signal: AbortSignal.any([signal, deadline]) })
    const body: unknown = await response.json().catch(() => undefined)
    return { status: response.status, body }
  } catch (error) {
    if (signal.aborted) throw error
    if (deadline.aborted)
      throw new HttpProblem('too_slow', `The collector gave no answer within ${timeoutMs / 1000} s.`, true)
    throw new HttpProblem('no_answer', 'The collector did not answer. Is it running?', true)
  }
}

function refused(status: number, body: unknown): HttpProblem {
  const parsed = ErrorBody.safeParse(body)
  if (parsed.success) return new HttpProblem(parsed.data.error.code, parsed.data.error.message, status >= 500)
  return new HttpProblem(`http_${status}`, `The collector answered ${status}.`, status >= 500)
}
