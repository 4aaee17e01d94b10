import { Link } from '@tanstack/react-router'
import type { JSX } from 'react'
import type { SourceProblem } from '@headroom/shared/model/system.ts'
import { useConnection } from '../../data/use-timeline.ts'
import { ageText } from '../../ui/format-age.ts'
import { momentText } from '../../ui/format-time.ts'
import { Moment } from '../../ui/Moment.tsx'
import { useZone } from '../../ui/zone-context.ts'
import type { Standing } from './standing.ts'
import classes from './system.module.css'

/** Where a system's state is not simply known: what that means, what the source said, and what to do. */
export function StandingWords({ standing, now }: { standing: Standing; now: number }): JSX.Element | null {
  const zone = useZone()
  switch (standing.kind) {
    case 'known':
      return null
    case 'lost':
      return <Lost at={standing.at} now={now} />
    case 'down':
      return <Said lead="The system does not answer." problem={standing.problem} />
    case 'waiting':
      return <p className={classes.why}>Waiting for its first answer.</p>
    case 'silent':
      return <Said lead="It has never answered, so nobody knows how it is." problem={standing.problem} />
    case 'unknown':
      return (
        <Said
          lead={
            <>
              No answer for {ageText(now - standing.lastAt)}, last ok{' '}
              <Moment at={standing.lastAt}>{momentText(standing.lastAt, now, zone, true)}</Moment>: nobody knows how it
              is now.
            </>
          }
          problem={standing.problem}
        />
      )
    case 'unasked':
      return (
        <p className={classes.why}>
          It has no sources, so nothing is known of it. Add one under <code>sources:</code> of this system in{' '}
          <code>headroom.yaml</code>, such as <code>{'- { type: http-json, url: "https://…/health" }'}</code>. What is
          configured stands on <Link to="/setup">Set-up</Link>.
        </p>
      )
  }
}

/** Whose fault it is that nothing is of now is said above all screens; here, that it is so, and what becomes of it. */
function Lost({ at, now }: { at: number; now: number }): JSX.Element {
  const zone = useZone()
  const ended = useConnection().kind === 'ended'
  return (
    <p className={classes.why}>
      {ended ? 'Your access has ended' : 'The collector does not answer'}, so nothing here is of now: all of it is as of{' '}
      <Moment at={at}>{momentText(at, now, zone, true)}</Moment> ({ageText(now - at)} ago). The page goes on by itself
      when {ended ? 'you are let in again' : 'it is back'}.
    </p>
  )
}

function Said({ lead, problem }: { lead: JSX.Element | string; problem: SourceProblem | undefined }): JSX.Element {
  return (
    <>
      <p className={classes.why}>{lead}</p>
      {problem !== undefined && (
        <p className={classes.why}>
          {problem.message} <code>{problem.code}</code>
        </p>
      )}
    </>
  )
}
