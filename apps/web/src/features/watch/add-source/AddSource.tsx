import { Link, useSearch } from '@tanstack/react-router'
import type { JSX } from 'react'
import { useSourceKinds } from '../../../data/source-kinds.ts'
import { useSteadyError } from '../../../data/use-steady-error.ts'
import { useTimeline } from '../../../data/use-timeline.ts'
import { FailedPart } from '../../../ui/FailedPart.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { KindChooser } from './KindChooser.tsx'
import { SourceForm } from './SourceForm.tsx'
import watch from '../watch.module.css'
import classes from './add.module.css'

/** From a kind of source to one that is watched: choose it, fill it in, try it, take the lines. */
export function AddSource(): JSX.Element {
  const { kind: wanted, system } = useSearch({ from: '/setup/add' })
  const greeted = useTimeline((timeline) => timeline.greeted)
  const role = useTimeline((timeline) => timeline.role)
  const kinds = useSourceKinds()
  const kind = kinds.data?.find((each) => each.kind === wanted)
  return (
    <div className={watch.watch}>
      <nav className={classes.back} aria-label="Back">
        <Link to="/setup">Set-up</Link>
        {kind !== undefined && (
          <>
            <span aria-hidden="true">/</span>
            <Link to="/setup/add" search={system === undefined ? {} : { system }}>
              All kinds of source
            </Link>
          </>
        )}
      </nav>
      <h1>{kind === undefined ? 'Add a source' : `Add a source: ${kind.title}`}</h1>
      {!greeted ? (
        <KindsSkeleton />
      ) : role === 'admin' ? (
        <>
          <p className={watch.lead}>
            {kind?.about ??
              'Choose what is to be asked. You can try it before anything is kept; then you get the lines for headroom.yaml.'}
          </p>
          {kinds.data === undefined ? (
            <Kinds {...kinds} />
          ) : kind === undefined ? (
            <KindChooser kinds={kinds.data} system={system} unknown={wanted} />
          ) : (
            <SourceForm key={kind.kind} kind={kind} system={system} />
          )}
        </>
      ) : (
        <p>
          Only an admin may try a source, because the collector asks it with its own rights. You are here as{' '}
          {role === 'operator' ? 'an operator' : `a ${role}`}: ask an admin to add it, or for a token of that role.
        </p>
      )}
    </div>
  )
}

/** The kinds are not here yet, or could not be had. */
function Kinds(kinds: ReturnType<typeof useSourceKinds>): JSX.Element {
  const error = useSteadyError(kinds)
  if (error !== null) return <FailedPart what="The kinds of source" error={error} retry={() => void kinds.refetch()} />
  return <KindsSkeleton />
}

function KindsSkeleton(): JSX.Element {
  return (
    <div className={classes.kinds} aria-busy="true">
      {['a', 'b', 'c', 'd', 'e', 'f'].map((each) => (
        <Skeleton key={each} height={92} />
      ))}
    </div>
  )
}
