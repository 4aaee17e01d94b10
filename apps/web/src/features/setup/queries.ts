import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { MappingView, Status } from '@headroom/shared/contracts.ts'
import type { AskedView } from '@headroom/shared/model/asked.ts'
import { fetchMapping, fetchStatus } from '../../data/http-client.ts'
import { queryKeys } from '../../data/query-keys.ts'
import { fetchAsked } from '../../data/setup-client.ts'
import { useTimeline } from '../../data/use-timeline.ts'

const STATUS_MS = 5_000
const MAPPING_MS = 5_000
const SEARCHED_MS = 60_000
const ASKED = 'asked'

export function useStatus(): UseQueryResult<Status> {
  return useQuery({
    queryKey: queryKeys.status(),
    queryFn: ({ signal }) => fetchStatus(signal),
    refetchInterval: STATUS_MS,
  })
}

/** Asked for per system, and only when it is looked at: with many systems the whole would be large. */
export function useMapping(system: string, wanted: boolean): UseQueryResult<MappingView[]> {
  return useQuery({
    queryKey: queryKeys.mapping(system),
    queryFn: ({ signal }) => fetchMapping(system, signal),
    enabled: wanted,
    refetchInterval: wanted ? MAPPING_MS : false,
  })
}

/** What every source gives, for a search through all of them; asked for once somebody searches. */
export function useAllMappings(wanted: boolean): UseQueryResult<MappingView[]> {
  return useQuery({
    queryKey: queryKeys.mapping(undefined),
    queryFn: ({ signal }) => fetchMapping(undefined, signal),
    enabled: wanted,
    staleTime: SEARCHED_MS,
    refetchInterval: wanted ? SEARCHED_MS : false,
  })
}

/** When the sources of a system are asked next, and what the configuration corrects of them. */
export function useAsked(system: string, wanted: boolean): UseQueryResult<AskedView[]> {
  return useQuery({
    queryKey: [ASKED, system],
    queryFn: ({ signal }) => fetchAsked(system, signal),
    enabled: wanted,
    refetchInterval: wanted ? MAPPING_MS : false,
  })
}

/** A saved change of the configuration is seen at once, not at the next look. */
export function useFreshConfiguration(): void {
  const queries = useQueryClient()
  const changed = useTimeline((timeline) => timeline.notes.findLast((note) => note.kind === 'config')?.id)
  const known = useRef(changed)
  useEffect(() => {
    if (known.current === changed) return
    known.current = changed
    for (const queryKey of [queryKeys.status(), queryKeys.mapping(undefined).slice(0, 1), [ASKED]])
      void queries.invalidateQueries({ queryKey })
  }, [changed, queries])
}
