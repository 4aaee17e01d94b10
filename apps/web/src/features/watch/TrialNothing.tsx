import { Button } from '@mantine/core'
import { useRef } from 'react'
import type { JSX } from 'react'
import type { Trial } from '@headroom/shared/model/trial.ts'
import { StateMark } from '../../ui/StateMark.tsx'
import { originOf } from './read-address.ts'
import { TriedList } from './TriedList.tsx'
import { useAnswerFocus } from './use-answer-focus.ts'
import classes from './watch.module.css'

type Props = { trial: Trial; url: string; onLook: (origin: string) => void }

/** Nothing to watch was found: what was asked, why it gave nothing, and where else to look. */
export function TrialNothing({ trial, url, onLook }: Props): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null)
  useAnswerFocus(heading)
  const origin = originOf(url)
  return (
    <section className={classes.found} aria-labelledby="watch-nothing">
      <h2 id="watch-nothing" ref={heading} tabIndex={-1}>
        <StateMark mark="unknown" size={18} />
        {trial.tried.length === 1 ? 'Nothing to watch at this address' : 'Nothing to watch at these addresses'}
      </h2>
      <TriedList tried={trial.tried} />
      {origin !== undefined && (
        <div className={classes.elsewhere}>
          <Button size="compact-sm" variant="default" onClick={() => onLook(origin)}>
            Look elsewhere on this server
          </Button>
          <p className={classes.quiet}>
            That asks <code>{origin}</code> and the usual health pages there.
          </p>
        </div>
      )}
    </section>
  )
}
