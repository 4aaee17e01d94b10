import { Link } from '@tanstack/react-router'
import type { JSX } from 'react'
import { stateWord } from '../../data/system-words.ts'
import { useTimeline } from '../../data/use-timeline.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { StateMark } from '../../ui/StateMark.tsx'
import { nearNames } from './near-names.ts'
import classes from './system.module.css'

/** The address names a system that is not watched: which one was perhaps meant, and the way to all of them. */
export function MissingSystem({ systemId }: { systemId: string }): JSX.Element {
  const systems = useTimeline((timeline) => timeline.systems)
  const near = nearNames(
    systemId,
    systems.flatMap((system) => [
      { name: system.id, of: system },
      { name: system.name, of: system },
    ]),
  )
  return (
    <div className={classes.missing}>
      <h1>
        No system called <bdi>“{systemId}”</bdi>
      </h1>
      <EmptyState title="It is not in the configuration">
        <p>
          It may have been renamed or removed from <code>headroom.yaml</code>, or the address has a slip in it.
          {near.length > 0 && ' Did you mean:'}
        </p>
        {near.length > 0 && (
          <ul className={classes.near}>
            {near.map((system) => (
              <li key={system.id}>
                <StateMark mark={system.state} size={14} />
                <Link to="/systems/$systemId" params={{ systemId: system.id }}>
                  <bdi>{system.name}</bdi>
                </Link>{' '}
                <span>{stateWord(system)}</span>
              </li>
            ))}
          </ul>
        )}
        <p>
          <Link to="/">See all systems</Link>
        </p>
      </EmptyState>
    </div>
  )
}
