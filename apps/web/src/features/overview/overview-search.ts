import { z } from 'zod'
import type { StateWord } from '../../data/system-words.ts'

/** A word that the address may hold bare: `?q=5` is read as a number. */
const Word = z
  .union([z.string(), z.number(), z.boolean()])
  .transform((word) => String(word).slice(0, 200))
  .optional()
  .catch(undefined)

/** The filter as it stands in the address: `?q=captions&state=critical,down&preset=web-service`. */
export const OverviewSearch = z.object({ q: Word, state: Word, preset: Word })
export type OverviewSearch = z.infer<typeof OverviewSearch>

export type Filter = { text: string; states: readonly StateWord[]; presets: readonly string[] }

export const STATES: readonly StateWord[] = ['down', 'critical', 'unknown', 'warning', 'ok']

export function filterOf({ q = '', state = '', preset = '' }: OverviewSearch): Filter {
  const asked = list(state)
  return { text: q, states: STATES.filter((word) => asked.includes(word)), presets: list(preset) }
}

/** Empty parts are left out of the address. */
export function searchOf({ text, states, presets }: Filter): OverviewSearch {
  return {
    ...(text === '' ? {} : { q: text }),
    ...(states.length === 0 ? {} : { state: states.join(',') }),
    ...(presets.length === 0 ? {} : { preset: presets.join(',') }),
  }
}

export function isUsed({ text, states, presets }: Filter): boolean {
  return text.trim() !== '' || states.length > 0 || presets.length > 0
}

function list(text: string): string[] {
  return text.split(',').flatMap((each) => (each.trim() === '' ? [] : [each.trim()]))
}
