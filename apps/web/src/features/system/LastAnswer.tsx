import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { JSX } from 'react'
import type { AnswerView } from '@headroom/shared/model/answer.ts'
import { fetchAnswer } from '../../data/setup-client.ts'
import { useServerNow } from '../../data/use-timeline.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { FailedPart } from '../../ui/FailedPart.tsx'
import { ageText } from '../../ui/format-age.ts'
import { numberText } from '../../ui/format-number.ts'
import { momentText } from '../../ui/format-time.ts'
import { Moment } from '../../ui/Moment.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useZone } from '../../ui/zone-context.ts'
import classes from './last-answer.module.css'

/** What a source last said, word for word but for secrets and names. It is asked for when it is opened, and by hand. */
export function LastAnswer({ system, source }: { system: string; source: string }): JSX.Element {
  const asked = useQuery({
    queryKey: ['answer', system, source],
    queryFn: ({ signal }) => fetchAnswer(system, source, signal),
    staleTime: 0,
    gcTime: 0,
  })
  const again = (): void => void asked.refetch()
  if (asked.isPending) return <Skeleton height={80} />
  if (asked.data === undefined || (asked.isError && asked.data === null))
    return asked.isError ? <FailedPart what="The last answer" error={asked.error} retry={again} /> : <Skeleton />
  return (
    <div className={classes.answer} data-answer={source}>
      {asked.isError && <FailedPart what="The newest answer" error={asked.error} retry={again} />}
      {asked.data === null ? (
        <p className={classes.quiet}>No answer of it is kept yet.</p>
      ) : (
        <Body answer={asked.data} />
      )}
      <div className={classes.tools}>
        {asked.data !== null && <CopyButton text={asked.data.body} what={`the last answer of ${source}`} />}
        <Button size="compact-sm" variant="default" onClick={again} loading={asked.isFetching}>
          Show the newest
        </Button>
      </div>
    </div>
  )
}

function Body({ answer }: { answer: AnswerView }): JSX.Element {
  const now = useServerNow()
  const zone = useZone()
  return (
    <>
      <p className={classes.quiet}>
        {answer.status !== undefined && `Status ${answer.status}, `}
        {numberText(answer.bytes, 'bytes')}, <Moment at={answer.at}>{momentText(answer.at, now, zone, true)}</Moment> (
        {ageText(now - answer.at)} ago)
        <br />
        {removedText(answer.removed)}
        {answer.truncated && ' Cut: only its beginning is shown.'}
      </p>
      {answer.body === '' ? (
        <p className={classes.quiet}>The answer was empty.</p>
      ) : (
        <pre className={classes.body} tabIndex={0} role="region" aria-label={`Last answer of ${answer.source}`}>
          {answer.body}
        </pre>
      )}
    </>
  )
}

function removedText(removed: number): string {
  if (removed === 0) return 'Nothing had to be taken out of it.'
  return removed === 1
    ? '1 value was taken out: a secret, or a person’s name.'
    : `${removed} values were taken out: secrets, or people’s names.`
}
