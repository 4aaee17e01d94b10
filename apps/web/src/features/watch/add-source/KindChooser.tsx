import { Link } from '@tanstack/react-router'
import type { JSX } from 'react'
import type { SourceKindView } from '@headroom/shared/model/source-kind.ts'
import { useTimeline } from '../../../data/use-timeline.ts'
import { counted } from '../found-words.ts'
import watch from '../watch.module.css'
import { feedingOf } from './feeding-of.ts'
import { useWaitingFlags } from './use-waiting-flags.ts'
import classes from './add.module.css'

type Props = {
  kinds: readonly SourceKindView[]
  system: string | undefined
  /** A kind that the address names and this version does not have. */
  unknown: string | undefined
}

/** Every kind of source there is, and where a system is meant, how many of its waiting flags each would feed. */
export function KindChooser({ kinds, system, unknown }: Props): JSX.Element {
  const name = useTimeline((timeline) => timeline.systems.find(({ id }) => id === system)?.name)
  const flags = useWaitingFlags(system)
  return (
    <>
      {unknown !== undefined && (
        <p role="alert" className={watch.problem}>
          This version of Headroom has no source of type {unknown}. It has these.
        </p>
      )}
      {name !== undefined && (
        <p>
          For <bdi>{name}</bdi>
          {flags.length > 0 && `: ${counted(flags.length, 'flag has', 'flags have')} no source yet`}.
        </p>
      )}
      <ul className={classes.kinds}>
        {kinds.map((kind) => {
          const { itself, held } = feedingOf(kind, kind.kind, flags)
          return (
            <li key={kind.kind}>
              <Link
                to="/setup/add"
                search={{ kind: kind.kind, ...(system === undefined ? {} : { system }) }}
                className={classes.kind}
              >
                <b>{kind.title}</b>
                <code>{kind.kind}</code>
                <span>{kind.about}</span>
                {itself.length + held.length > 0 && (
                  <span className={classes.would}>
                    {itself.length > 0
                      ? `Would feed ${counted(itself.length, 'flag', 'flags')} that ${itself.length === 1 ? 'waits' : 'wait'}.`
                      : `Can feed ${counted(held.length, 'flag', 'flags')}, where what it answers holds the numbers.`}
                  </span>
                )}
              </Link>
            </li>
          )
        })}
      </ul>
    </>
  )
}
