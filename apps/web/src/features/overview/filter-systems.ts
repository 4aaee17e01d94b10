import type { SystemView } from '@headroom/shared/model/system.ts'
import { stateWord } from '../../data/system-words.ts'
import type { StateWord } from '../../data/system-words.ts'
import { STATES } from './overview-search.ts'
import type { Filter } from './overview-search.ts'

/** The systems that pass a filter: every word of the text, one of the states, one of the presets. */
export function filterSystems(systems: readonly SystemView[], filter: Filter): readonly SystemView[] {
  const words = wordsOf(filter.text)
  const common = presetsOfAll(systems)
  if (words.length === 0 && filter.states.length === 0 && filter.presets.length === 0) return systems
  return systems.filter(
    (system) => hasWords(system, words, common) && hasState(system, filter.states) && hasPreset(system, filter.presets),
  )
}

export type Facet<T> = { value: T; count: number; chosen: boolean }
export type Facets = { states: Facet<StateWord>[]; presets: Facet<string>[] }

/**
 * What can be chosen, and how many systems each choice shows beside what is chosen of the other kinds. A choice that
 * would show nothing is offered only while it is chosen; presets are offered only where they tell systems apart.
 */
export function facetsOf(systems: readonly SystemView[], filter: Filter): Facets {
  const forStates = filterSystems(systems, { ...filter, states: [] })
  const forPresets = filterSystems(systems, { ...filter, presets: [] })
  const states = STATES.map((value) => ({
    value,
    count: forStates.filter((system) => stateWord(system) === value).length,
    chosen: filter.states.includes(value),
  }))
  const common = presetsOfAll(systems)
  const presets = [...new Set([...systems.flatMap((system) => system.presets), ...filter.presets])]
    .filter((name) => filter.presets.includes(name) || !common.includes(name))
    .toSorted()
    .map((value) => ({
      value,
      count: forPresets.filter((system) => system.presets.includes(value)).length,
      chosen: filter.presets.includes(value),
    }))
  return { states: states.filter(isOffered), presets: presets.filter(isOffered) }
}

function presetsOfAll(systems: readonly SystemView[]): readonly string[] {
  const [first, ...others] = systems
  return first?.presets.filter((preset) => others.every((system) => system.presets.includes(preset))) ?? []
}

function isOffered({ count, chosen }: Facet<unknown>): boolean {
  return count > 0 || chosen
}

/** A preset that all systems have finds nothing: without it, `web` would be found in every one. */
function hasWords(system: SystemView, words: readonly string[], common: readonly string[]): boolean {
  if (words.length === 0) return true
  const presets = system.presets.filter((preset) => !common.includes(preset))
  const text = plain(`${system.name} ${system.id} ${presets.join(' ')}`)
  return words.every((word) => text.includes(word))
}

function hasState(system: SystemView, states: readonly StateWord[]): boolean {
  return states.length === 0 || states.includes(stateWord(system))
}

function hasPreset(system: SystemView, presets: readonly string[]): boolean {
  return presets.length === 0 || presets.some((preset) => system.presets.includes(preset))
}

function wordsOf(text: string): string[] {
  return plain(text)
    .split(/\s+/)
    .filter((word) => word !== '')
}

/** Without case and accents, so that `cafe` finds `Café`. */
function plain(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
}
