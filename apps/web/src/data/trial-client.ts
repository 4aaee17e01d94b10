import { ROUTES } from '@headroom/shared/contracts.ts'
import type { NewSystem, SystemWritten, Trial, TrialRequest } from '@headroom/shared/model/trial.ts'
import { z } from 'zod'
import { getJson } from './http-client.ts'
import { cutShort, noAnswer, notUnderstood, problemOf, tooSlow, unreadable } from './http-problem.ts'

/** An address is asked under several paths, each with its own deadline; no answer of the collector takes longer. */
const TRY_MS = 60_000

/** Lets the collector ask an address or a source once. Throws an `HttpProblem` that says what to do. */
export function tryAddress(request: TrialRequest, signal: AbortSignal): Promise<Trial> {
  return post(ROUTES.try.path, request, ROUTES.try.response, signal)
}

/** Has the configuration written with a system that was tried, or gets the lines to add. Throws an `HttpProblem`. */
export function addSystem(system: NewSystem, signal: AbortSignal): Promise<SystemWritten> {
  return post(ROUTES.addSystem.path, system, ROUTES.addSystem.response, signal)
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

async function post<S extends z.ZodType>(
  path: string,
  sent: unknown,
  schema: S,
  signal: AbortSignal,
): Promise<z.output<S>> {
  const { status, text, html } = await send(`/api/v1${path}`, JSON.stringify(sent), signal)
  const body = jsonOf(text)
  if (status < 200 || status > 299) throw problemOf(status, body, html)
  if (body === undefined) throw unreadable(status, html)
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  throw notUnderstood(path, parsed.error.issues[0]?.path.join('.') ?? '')
}

async function send(
  url: string,
  body: string,
  signal: AbortSignal,
): Promise<{ status: number; text: string; html: boolean }> {
  const deadline = AbortSignal.timeout(TRY_MS)
  let response: Response | undefined
  try {
    response = await fetch(url, {
      method: 'POST',
      body,
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      signal: AbortSignal.any([signal, deadline]),
      redirect: 'manual',
    })
    const text = await response.text()
    return { status: response.status, text, html: text.startsWith('<') || response.type === 'opaqueredirect' }
  } catch (error) {
    if (signal.aborted) throw error
    if (deadline.aborted) throw tooSlow(TRY_MS)
    throw response === undefined ? noAnswer() : cutShort()
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
