import { useQuery } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import type { AnswerView } from '@headroom/shared/model/answer.ts'
import { fetchAnswer } from './setup-client.ts'

/** What a source last answered; null where nothing is kept of it. Asked for each time it is opened, and by hand. */
export function useAnswer(system: string, source: string): UseQueryResult<AnswerView | null> {
  return useQuery({
    queryKey: ['answer', system, source],
    queryFn: ({ signal }) => fetchAnswer(system, source, signal),
    staleTime: 0,
    gcTime: 0,
  })
}
