import type { JSX } from 'react'
import { useAnswer } from '../../data/use-answer.ts'
import { useServerNow } from '../../data/use-timeline.ts'
import { AnswerBox } from '../../ui/AnswerBox.tsx'

/** What a source last said; asked for only once this is shown. */
export function LastAnswer({ system, source }: { system: string; source: string }): JSX.Element {
  const { data, error, isFetching, refetch } = useAnswer(system, source)
  const now = useServerNow()
  return (
    <AnswerBox
      source={source}
      answer={data}
      error={error}
      fetching={isFetching}
      again={() => void refetch()}
      now={now}
    />
  )
}
