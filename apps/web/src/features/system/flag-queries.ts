import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { FlagView } from '@headroom/shared/model/flag.ts'
import { comingFlags, earlyFlags } from '../../data/early-answers.ts'
import { fetchFlags } from '../../data/http-client.ts'
import { queryKeys } from '../../data/query-keys.ts'
import { useTimeline } from '../../data/use-timeline.ts'

const REFETCH_MS = 60_000
/** What was asked for while the screen was put together is not asked for again. */
const FRESH_MS = 5_000
const NONE: readonly FlagView[] = []

type FlagQuery = {
  queryKey: readonly unknown[]
  queryFn: (asked: { signal: AbortSignal }) => Promise<FlagView[]>
  early: () => FlagView[] | undefined
}

/** A new series may supply a flag that nothing supplied before: with it they are asked for anew. */
function useFlagQuery(system: string): FlagQuery {
  const series = useTimeline((timeline) => timeline.seriesOf(system).length)
  return {
    queryKey: [...queryKeys.flags(system), series],
    queryFn: async ({ signal }) => (await comingFlags(system, series, signal)) ?? (await fetchFlags(system, signal)),
    early: () => earlyFlags(system, series),
  }
}

/** The flags of a system, as the last answer has them. */
export function useFlags(system: string): { flags: readonly FlagView[]; answer: UseQueryResult<FlagView[]> } {
  const { queryKey, queryFn } = useFlagQuery(system)
  const answer = useQuery({
    queryKey,
    queryFn,
    refetchInterval: REFETCH_MS,
    staleTime: FRESH_MS,
    placeholderData: keepPreviousData,
  })
  const { data = NONE } = answer
  // What is shown while asking may still be the flags of the system looked at before.
  const flags = useMemo(() => data.filter((flag) => flag.system === system), [data, system])
  return { flags, answer }
}

/** Asks for the flags while the screen is still being put together: to be called as it is rendered. */
export function useEarlyFlags(system: string): void {
  const client = useQueryClient()
  const { early, ...query } = useFlagQuery(system)
  // What was asked before, whatever became of it, is not asked again.
  if (client.getQueryState(query.queryKey) !== undefined) return
  const flags = early()
  if (flags === undefined) client.query(query).catch(() => undefined)
  else client.setQueryData(query.queryKey, flags)
}
