import { ROUTES } from '@headroom/shared/contracts.ts'
import type { NewSystem, SystemWritten, Trial, TrialRequest } from '@headroom/shared/model/trial.ts'
import { postJson } from './json-call.ts'

/** An address is asked under several paths, each with its own deadline; no answer of the collector takes longer. */
const TRY_MS = 60_000

/** Lets the collector ask an address or a source once. Throws an `HttpProblem` that says what to do. */
export function tryOut(request: TrialRequest, signal: AbortSignal): Promise<Trial> {
  return postJson(ROUTES.try.path, request, ROUTES.try.response, signal, TRY_MS)
}

/** Has the configuration written with a system that was tried, or gets the lines to add. Throws an `HttpProblem`. */
export function addSystem(system: NewSystem, signal: AbortSignal): Promise<SystemWritten> {
  return postJson(ROUTES.addSystem.path, system, ROUTES.addSystem.response, signal, TRY_MS)
}
