import type { JSX } from 'react'
import type { AnswerView } from '@headroom/shared/model/answer.ts'
import { BusyButton } from './BusyButton.tsx'
import { CopyButton } from './CopyButton.tsx'
import { FailedPart } from './FailedPart.tsx'
import { ageText } from './format-age.ts'
import { numberText } from './format-number.ts'
import { momentText } from './format-time.ts'
import { Moment } from './Moment.tsx'
import { Skeleton } from './Skeleton.tsx'
import { useZone } from './zone-context.ts'
import classes from './AnswerBox.module.css'

type Props = {
  source: string
  /** Null: none is kept. Undefined: not had yet. */
  answer: AnswerView | null | undefined
  error: Error | null
  fetching: boolean
  again: () => void
  /** The collector's time, epoch ms. */
  now: number
}

/** What a source last said, word for word but for secrets and names, in a box that does not outgrow its page. */
export function AnswerBox({ source, answer, error, fetching, again, now }: Props): JSX.Element {
  if (answer === undefined)
    return error === null ? <Skeleton height={80} /> : <FailedPart what="The last answer" error={error} retry={again} />
  return (
    <div className={classes.answer} data-answer={source}>
      {error !== null && <FailedPart what="The newest answer" error={error} retry={again} />}
      {answer === null ? (
        <p className={classes.quiet}>No answer of it is kept yet.</p>
      ) : (
        <Body answer={answer} now={now} />
      )}
      <div className={classes.tools}>
        {answer !== null && answer.body !== '' && (
          <CopyButton text={answer.body} what={`the last answer of ${source}`} />
        )}
        <BusyButton size="compact-sm" variant="default" onClick={again} busy={fetching}>
          Show the newest
        </BusyButton>
      </div>
    </div>
  )
}

function Body({ answer, now }: { answer: AnswerView; now: number }): JSX.Element {
  const zone = useZone()
  return (
    <>
      <p className={classes.quiet}>
        {answer.status !== undefined && `Status ${answer.status}, `}
        {numberText(answer.bytes, 'bytes')}, <Moment at={answer.at}>{momentText(answer.at, now, zone, true)}</Moment> (
        {ageText(now - answer.at)} ago)
        <br />
        {removedText(answer.removed)}
        {answer.truncated && ' It is long: only its beginning is shown.'}
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
