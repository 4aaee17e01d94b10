import { ROUTES } from '@headroom/shared/contracts.ts'
import type { PresetView, SourceKindView } from '@headroom/shared/model/source-kind.ts'
import { useQuery } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import { getJson } from './json-call.ts'

// Both change only with the collector's version, and a newer one serves a newer page.
const FOR_EVER = { staleTime: Number.POSITIVE_INFINITY }

/** The kinds of source this collector has. */
export function useSourceKinds(): UseQueryResult<SourceKindView[]> {
  return useQuery({
    queryKey: ['source-kinds'],
    queryFn: ({ signal }) => getJson(ROUTES.sourceKinds.path, ROUTES.sourceKinds.response, {}, signal),
    ...FOR_EVER,
  })
}

/** The documented systems that a system may name as its preset. */
export function usePresets(): UseQueryResult<PresetView[]> {
  return useQuery({
    queryKey: ['presets'],
    queryFn: ({ signal }) => getJson(ROUTES.presets.path, ROUTES.presets.response, {}, signal),
    ...FOR_EVER,
  })
}
