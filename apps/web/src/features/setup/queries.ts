import { useQuery } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import type { MappingView, Status } from '@headroom/shared/contracts.ts'
import { fetchMapping, fetchStatus } from '../../data/http-client.ts'
import { queryKeys } from '../../data/query-keys.ts'

export function useStatus(): UseQueryResult<Status> {
  return useQuery({
    queryKey: queryKeys.status(),
    queryFn: ({ signal }) => fetchStatus(signal),
    refetchInterval: 5_000,
  })
}

/** Asked for per system, and only when it is looked at: with many systems the whole would be large. */
export function useMapping(system: string, wanted: boolean): UseQueryResult<MappingView[]> {
  return useQuery({
    queryKey: queryKeys.mapping(system),
    queryFn: ({ signal }) => fetchMapping(system, signal),
    enabled: wanted,
    refetchInterval: wanted ? 15_000 : false,
  })
}
