import { ROUTES } from '@headroom/shared/contracts.ts'
import type { AnswerView } from '@headroom/shared/model/answer.ts'
import type { AskedView } from '@headroom/shared/model/asked.ts'
import { z } from 'zod'
import { Definition } from './definition.ts'
import { getJson } from './json-call.ts'

/** What a source last answered, secrets and names removed; undefined where nothing is kept of it. */
export async function fetchAnswer(system: string, source: string, signal: AbortSignal): Promise<AnswerView | null> {
  const answers = await getJson(ROUTES.answers.path, ROUTES.answers.response, { system, source }, signal)
  return answers.find((answer) => answer.system === system && answer.source === source) ?? null
}

/** One system as configured; null where there is none of that name. */
export async function fetchDefinition(system: string, signal: AbortSignal): Promise<Definition | null> {
  const all = await getJson(ROUTES.definitions.path, z.array(Definition), { system }, signal)
  return all.find((each) => each.id === system) ?? null
}

/** How the sources of a system are being asked. */
export function fetchAsked(system: string, signal: AbortSignal): Promise<AskedView[]> {
  return getJson(ROUTES.asked.path, ROUTES.asked.response, { system }, signal)
}
