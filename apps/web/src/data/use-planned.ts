import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import type { PlannedEvent } from '@headroom/shared/model/planned-event.ts'
import { fetchPlanned } from './http-client.ts'
import { queryKeys } from './query-keys.ts'
import { useTimeline } from './use-timeline.ts'

const AGAIN_MS = 5 * 60_000

/** The planned days. They change with the configuration only; a collector without any has an empty list. */
export function usePlanned(): UseQueryResult<PlannedEvent[]> {
  const epoch = useTimeline((timeline) => timeline.epoch)
  return useQuery({
    queryKey: queryKeys.planned(epoch),
    queryFn: ({ signal }) => fetchPlanned(signal),
    staleTime: AGAIN_MS,
    refetchInterval: AGAIN_MS,
    placeholderData: keepPreviousData,
    retry: 1,
  })
}
