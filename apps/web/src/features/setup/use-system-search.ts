import { useMemo } from 'react'
import type { MappingView } from '@headroom/shared/contracts.ts'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { matchesRow } from './mapping-rows.ts'
import { useAllMappings } from './queries.ts'

/** `inside`: it is found by something that a source gives, not by its own name. */
export type FoundSystem = { system: SystemView; inside: boolean }

/** The systems that hold every word that is searched for: in their names, their sources, or in what those give. */
export function useSystemSearch(
  systems: readonly SystemView[],
  search: string,
): { found: readonly FoundSystem[]; words: string } {
  const mappings = useAllMappings(search.length > 1)
  return useMemo(() => {
    const found = searchSystems(systems, mappings.data ?? [], search)
    const systemsWord = found.length === 1 ? '1 system' : `${found.length} systems`
    const waiting = search.length > 1 && mappings.isPending ? ', searching in the answers…' : ''
    return { found, words: `${systemsWord} of ${systems.length}${waiting}` }
  }, [mappings.data, mappings.isPending, search, systems])
}

export function searchSystems(
  systems: readonly SystemView[],
  mappings: readonly MappingView[],
  search: string,
): FoundSystem[] {
  if (search === '') return systems.map((system) => ({ system, inside: false }))
  const words = search.toLowerCase().split(/\s+/)
  const bySystem = Map.groupBy(mappings, (view) => view.system)
  return systems.flatMap((system): FoundSystem[] => {
    const hay = [system.id, system.name, ...system.presets, ...system.sources.flatMap(({ id, type }) => [id, type])]
      .join('\n')
      .toLowerCase()
    if (words.every((word) => hay.includes(word))) return [{ system, inside: false }]
    const given = bySystem.get(system.id) ?? []
    const inside = given.some((view) => view.mapped.some((row) => matchesRow(row, search)))
    return inside ? [{ system, inside: true }] : []
  })
}
