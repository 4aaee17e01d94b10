import type { JSX } from 'react'
import { useSteadyError } from '../../data/use-steady-error.ts'
import { FailedPart } from '../../ui/FailedPart.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Fold } from './Fold.tsx'
import { LateLogs } from './LateLogs.tsx'
import { LogLine } from './LogLine.tsx'
import { MATCHES, readLines, type PatternAsked } from './log-lines.ts'
import { LOG_DAYS, useLogEvents } from './use-log-lines.ts'
import classes from './log.module.css'

const AT_FIRST = 5
const MOST = 50
/** Beside the lines themselves come events that say how many were not kept. */
const ASKED = 3 * MOST

/** The newest lines in which a pattern was found: what a flag that is judged by them has seen. */
export function LogLines({ system, asked }: { system: string; asked: PatternAsked }): JSX.Element {
  const { pattern, source } = asked
  const answer = useLogEvents(system, { patterns: [pattern], metric: MATCHES, limit: ASKED, wanted: true })
  const error = useSteadyError(answer)
  const events = answer.data?.events[0]
  const lines = events === undefined ? undefined : readLines(events, asked)
  return (
    <section className={classes.evidence} data-pattern={pattern} aria-label={`Lines of the log: ${pattern}`}>
      <h3>
        Lines of the log <code>{pattern}</code>
      </h3>
      {lines === undefined && error === null && (
        <div aria-busy="true">
          <Skeleton height={40} />
        </div>
      )}
      {error !== null && (
        <FailedPart
          what={lines === undefined ? 'The lines' : 'The newest lines'}
          error={error}
          retry={() => void answer.refetch()}
        />
      )}
      {lines?.length === 0 && <p className={classes.quiet}>None was found in the last {LOG_DAYS} days.</p>}
      {lines !== undefined && lines.length > 0 && (
        <>
          <List lines={lines.slice(0, AT_FIRST)} />
          {lines.length > AT_FIRST && (
            <Fold
              name={`${system}/log/${pattern} ${source ?? ''}`}
              className={classes.more}
              summary={`${Math.min(MOST, lines.length) - AT_FIRST} more`}
            >
              {() => (
                <>
                  <List lines={lines.slice(AT_FIRST, MOST)} />
                  {(lines.length > MOST || events?.length === ASKED) && (
                    <p className={classes.quiet}>Older ones are kept, and not shown here.</p>
                  )}
                </>
              )}
            </Fold>
          )}
        </>
      )}
      <LateLogs system={system} metric={MATCHES} patterns={[pattern]} />
    </section>
  )
}

function List({ lines }: { lines: ReturnType<typeof readLines> }): JSX.Element {
  return (
    <ol className={classes.lines}>
      {lines.map((line) => (
        <LogLine key={line.seq} line={line} />
      ))}
    </ol>
  )
}
