import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useRef } from 'react'
import type { JSX } from 'react'
import type { SystemWritten } from '@headroom/shared/model/trial.ts'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { useServerNow, useTimeline } from '../../data/use-timeline.ts'
import { CodeText } from '../../ui/CodeText.tsx'
import { StateMark } from '../../ui/StateMark.tsx'
import { CopyLines } from './CopyLines.tsx'
import { SecretsToSet } from './SecretsToSet.tsx'
import { useAnswerFocus } from './use-answer-focus.ts'
import { whereWords } from './where-words.ts'
import classes from './watch.module.css'

/** A written file is taken up within a second or two; after this long something else has to happen first. */
const LATE_MS = 15_000

type Props = {
  id: string
  answer: SystemWritten
  at: number
  onAgain: () => void
  /** What the button says. */
  again?: string
}

/** What became of it: the file that was written or the lines to add, and the system once it is watched. */
export function Written({ id, answer, at, onAgain, again = 'Watch something else' }: Props): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null)
  // While the demo still runs, a system of that name is the demo's own.
  const system = useTimeline((timeline) =>
    timeline.demo ? undefined : timeline.systems.find((each) => each.id === id),
  )
  const watched = system !== undefined
  useAnswerFocus(heading, watched)
  return (
    <section className={classes.found} aria-labelledby="watch-written">
      <h2 id="watch-written" ref={heading} tabIndex={-1}>
        <StateMark mark={watched || answer.written ? 'ok' : 'info'} size={18} />
        {watched ? <Watched system={system} /> : answer.written ? 'The file is written' : 'Lines to add'}
      </h2>
      {watched ? (
        <p>
          <Link to="/systems/$systemId" params={{ systemId: id }}>
            Open it
          </Link>
          , or go to the <Link to="/">overview</Link>.
        </p>
      ) : answer.written ? (
        <TakenUp path={answer.path} since={at} />
      ) : (
        <ToAdd answer={answer} />
      )}
      <div>
        <Button size="compact-sm" variant="default" onClick={onAgain}>
          {again}
        </Button>
      </div>
    </section>
  )
}

function Watched({ system }: { system: SystemView }): JSX.Element {
  return (
    <span>
      <bdi>{system.name}</bdi> is watched now
    </span>
  )
}

function ToAdd({ answer }: { answer: SystemWritten }): JSX.Element {
  const { path, lines, why, secrets } = answer
  return (
    <>
      {why !== undefined && (
        <p>
          <CodeText text={why} />
        </p>
      )}
      <SecretsToSet names={secrets} />
      <p>
        <CodeText text={whereWords(path, lines)} />
      </p>
      <CopyLines lines={lines} label="the lines to add" />
    </>
  )
}

/** Waiting for the collector to take the file up; and what to do if it does not. */
function TakenUp({ path, since }: { path: string; since: number }): JSX.Element {
  const late = useServerNow() - since > LATE_MS
  return (
    <p role="status">
      <CodeText
        text={
          late
            ? `The collector has not taken \`${path}\` up yet. If a notice at the top names a fault in the file, mend that; else stop the collector and start it again.`
            : `\`${path}\` is being taken up. Its card appears by itself.`
        }
      />
    </p>
  )
}
