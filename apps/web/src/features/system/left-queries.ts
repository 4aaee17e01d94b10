import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { AskedView } from '@headroom/shared/model/asked.ts'
import type { Definition } from '../../data/definition.ts'
import { fetchAsked, fetchDefinition } from '../../data/setup-client.ts'
import { queryKeys } from '../../data/query-keys.ts'
import { useTimeline } from '../../data/use-timeline.ts'
import { NO_GUIDE, readGuide, type Guide } from './guide.ts'

const REFETCH_MS = 60_000
const ASKED_MS = 5_000

/** How a system should be, by its configuration and its documents. */
export function useGuide(system: string): { guide: Guide; answer: UseQueryResult<Guide> } {
  const answer = useQuery({
    queryKey: [...queryKeys.definitions(), system],
    queryFn: ({ signal }) => fetchDefinition(system, signal),
    refetchInterval: REFETCH_MS,
    staleTime: REFETCH_MS,
    select: readGuideOf,
  })
  return { guide: answer.data ?? NO_GUIDE, answer }
}

const guides = new WeakMap<Definition, Guide>()

/** Read once for all who ask. */
function readGuideOf(definition: Definition | null): Guide {
  if (definition === null) return NO_GUIDE
  const guide = guides.get(definition) ?? readGuide(definition)
  guides.set(definition, guide)
  return guide
}

/** Asks anew what depends on the configuration as soon as a saved change of it is told. */
export function useFreshConfiguration(system: string): void {
  const queries = useQueryClient()
  const changed = useTimeline((timeline) => timeline.notes.findLast((note) => note.kind === 'config')?.id)
  const known = useRef(changed)
  useEffect(() => {
    if (known.current === changed) return
    known.current = changed
    void queries.invalidateQueries({ queryKey: queryKeys.definitions() })
    void queries.invalidateQueries({ queryKey: queryKeys.flags(system) })
  }, [changed, queries, system])
}

/** When each source is asked next; looked up often, since it moves on with every try. */
export function useAsked(system: string): UseQueryResult<AskedView[]> {
  return useQuery({
    queryKey: ['asked', system],
    queryFn: ({ signal }) => fetchAsked(system, signal),
    refetchInterval: ASKED_MS,
  })
}
