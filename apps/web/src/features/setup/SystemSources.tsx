import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { JSX } from 'react'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { isSimulated } from '../../data/demo.ts'
import { stateWord } from '../../data/system-words.ts'
import { useSteadyError } from '../../data/use-steady-error.ts'
import { useTimeline } from '../../data/use-timeline.ts'
import { StateMark } from '../../ui/StateMark.tsx'
import { SourceBlock } from './SourceBlock.tsx'
import { useAsked, useMapping } from './queries.ts'
import classes from './setup.module.css'

type Props = {
  system: SystemView
  /** Open until somebody closes it. */
  byDefault: boolean
  /** What is searched for in the rows; empty where the system is found by its name. */
  search: string
}

/** A system's sources with what each answered; opened, what was mapped to what, and its corrections. */
export function SystemSources({ system, byDefault, search }: Props): JSX.Element {
  const [chosen, setChosen] = useState<boolean>()
  const opened = chosen ?? byDefault
  const demo = useTimeline((timeline) => timeline.demo)
  const mapping = useMapping(system.id, opened)
  const error = useSteadyError(mapping)
  const asked = useAsked(system.id, opened)
  const { sources } = system
  const failing = sources.filter((source) => source.state === 'failing').length
  return (
    <details
      className={classes.system}
      open={opened}
      onToggle={(event) => {
        if (event.currentTarget.open !== opened) setChosen(event.currentTarget.open)
      }}
      data-setup-system={system.id}
    >
      <summary>
        <StateMark mark={system.state} size={14} />
        <span className="visually-hidden">{stateWord(system)}:</span>
        <b>
          <bdi>{system.name}</bdi>
        </b>
        {isSimulated(system, demo) && <span className={classes.quiet}>demo</span>}
        <span className={classes.quiet}>{system.presets.length === 0 ? 'no preset' : system.presets.join(', ')}</span>
        <span className={classes.quiet}>
          {sources.length === 1 ? '1 source' : `${sources.length} sources`}
          {failing > 0 && `, ${failing} failing`}
        </span>
      </summary>
      {opened && (
        <>
          {sources.length === 0 && (
            <p className={classes.none}>
              It has no sources, so nothing is known of it. Add one under <code>sources:</code> of{' '}
              <code>{system.id}</code>, such as <code>{'- { type: http-json, url: "https://…/health" }'}</code>.
            </p>
          )}
          {sources.map((source) => (
            <SourceBlock
              key={source.id}
              system={system.id}
              source={source}
              search={search}
              mapping={mapping.data?.find((each) => each.source === source.id)}
              pending={mapping.data === undefined && error === null}
              error={error}
              retry={() => void mapping.refetch()}
              asked={asked.data?.find((each) => each.source === source.id)}
            />
          ))}
          <p className={classes.toSystem}>
            <Link to="/systems/$systemId" params={{ systemId: system.id }}>
              Open {system.name}
            </Link>
            {!demo && (
              <Link to="/setup/add" search={{ system: system.id }}>
                Add a source to {system.name}
              </Link>
            )}
          </p>
        </>
      )}
    </details>
  )
}
