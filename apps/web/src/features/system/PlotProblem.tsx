import { UnstyledButton } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { JSX } from 'react'
import classes from './charts.module.css'

/** Why a chart's history is not there, and the way to ask again. The other charts know nothing of it. */
export function PlotProblem({
  answer,
}: {
  answer: Pick<UseQueryResult, 'error' | 'isFetching' | 'refetch'>
}): JSX.Element {
  return (
    <span className={classes.problem} role="status">
      The history could not be had: {answer.error?.message ?? 'no answer'}{' '}
      <UnstyledButton
        className={classes.retry}
        disabled={answer.isFetching}
        onClick={() => void answer.refetch({ throwOnError: false })}
      >
        {answer.isFetching ? 'Asking…' : 'Try again'}
      </UnstyledButton>
    </span>
  )
}
