import { useQuery } from '@tanstack/react-query'
import type { FlagView } from '@headroom/shared/model/flag.ts'
import { fetchFlags } from '../../../data/http-client.ts'
import { queryKeys } from '../../../data/query-keys.ts'

const NONE: readonly FlagView[] = []

/** The flags of a system that nothing supplies yet. */
export function useWaitingFlags(system: string | undefined): readonly FlagView[] {
  const answer = useQuery({
    queryKey: [...queryKeys.flags(system ?? ''), 'waiting'],
    queryFn: ({ signal }) => fetchFlags(system ?? '', signal),
    enabled: system !== undefined,
  })
  return answer.data?.filter((flag) => !flag.supplied) ?? NONE
}
