import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { JSX } from 'react'
import type { SystemWritten } from '@headroom/shared/model/trial.ts'
import { useServerNow, useTimeline } from '../../data/use-timeline.ts'
import { StateMark } from '../../ui/StateMark.tsx'
import { CopyLines } from './CopyLines.tsx'
import classes from './watch.module.css'

/** A written file is read within a second or two; after this long something else has to happen first. */
const LATE_MS = 10_000

type Props = { id: string; answer: SystemWritten; secrets: readonly string[]; at: number; onAgain: () => void }

/** What became of it: the file that was written or the lines to add, and the system once it is watched. */
export function Written({ id, answer, secrets, at, onAgain }: Props): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null)
  const system = useTimeline((timeline) => timeline.systems.find((each) => each.id === id))
  const watched = system !== undefined
  useEffect(() => heading.current?.focus({ preventScroll: true }), [watched])
  return (
    <section className={classes.found} aria-labelledby="watch-written">
      <h2 id="watch-written" ref={heading} tabIndex={-1}>
        <StateMark mark={watched || answer.written ? 'ok' : 'info'} size={18} />
        {watched ? (
          <span>
            <bdi>{system.name}</bdi> is watched now
          </span>
        ) : answer.written ? (
          'The file is written'
        ) : (
          'Lines to add'
        )}
      </h2>
      {watched && (
        <p>
          <Link to="/systems/$systemId" params={{ systemId: id }}>
            Open it
          </Link>{' '}
          or go to the <Link to="/">overview</Link>.
        </p>
      )}
      {!watched && !answer.written && (
        <p>
          Add the system to <code>systems:</code> in <code>{answer.path}</code> and save it. The page follows by itself.
        </p>
      )}
      {!watched && secrets.length > 0 && <SecretsToSet names={secrets} />}
      {!watched && answer.written && <NotYet path={answer.path} secrets={secrets} since={at} />}
      {!watched && answer.lines !== '' && (
        <CopyLines
          lines={answer.lines}
          label={answer.written ? `Written to ${answer.path}` : `Lines for ${answer.path}`}
        />
      )}
      <div>
        <Button size="compact-sm" variant="default" onClick={onAgain}>
          Watch something else
        </Button>
      </div>
    </section>
  )
}

function SecretsToSet({ names }: { names: readonly string[] }): JSX.Element {
  return (
    <div className={classes.source}>
      <p>
        {names.length === 1 ? 'A secret stays' : 'The secrets stay'} out of the file. Set{' '}
        {names.length === 1 ? 'it' : 'them'} where the collector runs, and start it again:
      </p>
      <CopyLines lines={names.map((name) => `export ${name}='its value'`).join('\n')} label="Variables to set" />
    </div>
  )
}

/** Waiting for the collector to take the file up; and what to do if it does not. */
function NotYet({
  path,
  secrets,
  since,
}: {
  path: string
  secrets: readonly string[]
  since: number
}): JSX.Element | null {
  const late = useServerNow() - since > LATE_MS
  if (!late && secrets.length === 0)
    return (
      <p role="status">
        <code>{path}</code> is being taken up. Its card appears by itself.
      </p>
    )
  if (secrets.length > 0) return null
  return (
    <p role="status">
      The collector has not taken <code>{path}</code> up. Stop it and start it again in that folder; the notices at the
      top say so if the file has a fault.
    </p>
  )
}
