import { useRef, useState } from 'react'
import type { JSX } from 'react'
import { useTimeline } from '../../data/use-timeline.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { AddressField } from './AddressField.tsx'
import { ByHand } from './ByHand.tsx'
import { SystemForm } from './SystemForm.tsx'
import { TrialFound } from './TrialFound.tsx'
import { TrialNothing } from './TrialNothing.tsx'
import { TrialProgress } from './TrialProgress.tsx'
import { useWatching } from './use-watching.ts'
import { Written } from './Written.tsx'
import classes from './watch.module.css'

/** `embedded`: it stands on another screen, and leaves the focus where that put it. */
type Props = { embedded?: boolean }

/** From an address to a watched system: look at it, see what was understood, name it, have it written. */
export function WatchSomething({ embedded = false }: Props): JSX.Element {
  const greeted = useTimeline((timeline) => timeline.greeted)
  const role = useTimeline((timeline) => timeline.role)
  const nothingYet = useTimeline((timeline) => timeline.greeted && timeline.systems.length === 0)
  const [typed, setTyped] = useState('')
  const { watching, problem, look, write, cancel } = useWatching()
  const field = useRef<HTMLInputElement>(null)
  /** Back to the field, where one goes on: what was pressed is gone. */
  const back = (): void => {
    cancel()
    field.current?.focus()
  }
  return (
    <div className={classes.watch}>
      <h1>Watch something</h1>
      <p className={classes.lead}>
        {nothingYet && 'Nothing is watched yet. '}
        Give the address of an app, or of its health or statistics page. Headroom asks it once and shows what it
        understood; nothing is kept until you say so.
      </p>
      {!greeted ? (
        <div aria-busy="true">
          <Skeleton height={64} />
        </div>
      ) : role === 'admin' ? (
        <>
          <AddressField
            ref={field}
            takesFocus={!embedded}
            typed={typed}
            onTyped={(text) => {
              setTyped(text)
              // What would be answered is no longer what is asked.
              if (watching.step === 'trying') cancel()
            }}
            first={watching.step === 'asking' || watching.step === 'trying'}
            busy={watching.step === 'trying'}
            onLook={look}
            problem={watching.step === 'asking' ? problem : undefined}
            onCancel={cancel}
          />
          {watching.step === 'trying' && <TrialProgress {...watching} onCancel={back} />}
          {watching.step === 'tried' && watching.trial.suggestion === undefined && (
            <TrialNothing
              trial={watching.trial}
              url={watching.url}
              onLook={(origin) => {
                setTyped(origin)
                field.current?.focus()
                look(origin, origin)
              }}
            />
          )}
          {(watching.step === 'tried' || watching.step === 'writing') && watching.trial.suggestion !== undefined && (
            <div className={classes.result}>
              <TrialFound trial={watching.trial} />
              <SystemForm
                suggestion={watching.trial.suggestion}
                file={watching.trial.file}
                url={watching.url}
                busy={watching.step === 'writing'}
                problem={problem}
                onWrite={write}
              />
            </div>
          )}
          {watching.step === 'done' && (
            <Written
              {...watching}
              onAgain={() => {
                setTyped('')
                back()
              }}
            />
          )}
        </>
      ) : (
        <p>
          Only an admin may try an address, because the collector asks it with its own rights. You are here as{' '}
          {role === 'operator' ? 'an operator' : `a ${role}`}.
        </p>
      )}
      {watching.step === 'asking' && <ByHand />}
    </div>
  )
}
