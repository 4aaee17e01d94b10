import { useEffect, useRef } from 'react'
import type { JSX } from 'react'
import type { SourceKindView } from '@headroom/shared/model/source-kind.ts'
import type { Trial } from '@headroom/shared/model/trial.ts'
import type { Mark } from '../../../ui/mark.ts'
import { StateMark } from '../../../ui/StateMark.tsx'
import { foundWords } from '../found-words.ts'
import { Giving } from '../Giving.tsx'
import { TriedList } from '../TriedList.tsx'
import { useAnswerFocus } from '../use-answer-focus.ts'
import watch from '../watch.module.css'

type Props = { kind: SourceKindView; trial: Trial; asked: boolean }

/** What trying a source came to: its values, why there are none, or that nothing could have come yet. */
export function SourceTried({ kind, trial, asked }: Props): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null)
  useAnswerFocus(heading)
  useEffect(() => {
    // Below a long form the answer would be out of sight.
    heading.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  const { mark, words } = outcomeOf(kind, trial, asked)
  const giving = trial.tried.filter(({ mapped }) => mapped.length > 0)
  return (
    <section className={watch.found} aria-labelledby="tried-title">
      <h2 id="tried-title" ref={heading} tabIndex={-1}>
        <StateMark mark={mark} size={18} />
        {words}
      </h2>
      {!asked && <p>Whether it answers is seen once the lines are in the file.</p>}
      {giving.map((source) => (
        <Giving key={source.place} source={source} />
      ))}
      {asked && giving.length === 0 && <Nothing kind={kind} trial={trial} />}
    </section>
  )
}

function outcomeOf(kind: SourceKindView, trial: Trial, asked: boolean): { mark: Mark; words: string } {
  if (!asked) return { mark: 'info', words: 'Not tried' }
  if (trial.tried.some(({ error, mapped }) => error !== undefined && mapped.length === 0))
    return { mark: 'unknown', words: 'It gave nothing' }
  if (kind.pushed && trial.tried.every(({ mapped }) => mapped.length === 0))
    return { mark: 'info', words: 'Nothing has come yet' }
  return { mark: 'ok', words: foundWords(trial) }
}

function Nothing({ kind, trial }: Pick<Props, 'kind' | 'trial'>): JSX.Element {
  if (trial.tried.some(({ error }) => error !== undefined))
    return (
      <>
        <TriedList tried={trial.tried} />
        <p className={watch.quiet}>Change what is wrong and try again. Nothing was kept.</p>
      </>
    )
  if (kind.pushed)
    return (
      <p>
        A trial finds nothing here: it is sent to, and nobody sends before it is there. Put the lines into the file,
        then set the other side; what comes is shown on Set-up.
      </p>
    )
  return <p>Whether it answers, and how fast, can still be watched.</p>
}
