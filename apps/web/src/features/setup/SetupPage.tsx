import { Link } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import type { JSX } from 'react'
import { useSteadyError } from '../../data/use-steady-error.ts'
import { useTimeline } from '../../data/use-timeline.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FailedPart } from '../../ui/FailedPart.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { CollectorPanel } from './CollectorPanel.tsx'
import { ConfigPanel } from './ConfigPanel.tsx'
import { StoragePanel } from './StoragePanel.tsx'
import { SystemSources } from './SystemSources.tsx'
import { useFreshConfiguration, useStatus } from './queries.ts'
import { useSystemSearch } from './use-system-search.ts'
import classes from './setup.module.css'

/** So few are all shown open. */
const MOST_OPEN = 3

/** What is watched and how: the configuration, the store, the collector, and per source what became of its answer. */
export function SetupPage(): JSX.Element {
  useFreshConfiguration()
  return (
    <div className={classes.page}>
      <header className={classes.top}>
        <h1>Set-up</h1>
        <nav className={classes.adding} aria-label="Add">
          <Link to="/setup/add" className={classes.add}>
            Add a source
          </Link>
          <Link to="/watch" className={classes.add}>
            Watch something
          </Link>
        </nav>
      </header>
      <StatusPanels />
      <Systems />
    </div>
  )
}

function StatusPanels(): JSX.Element {
  const status = useStatus()
  const error = useSteadyError(status)
  if (status.data !== undefined)
    return (
      <>
        {status.isError && (
          <FailedPart what="The newest state" error={status.error} retry={() => void status.refetch()} />
        )}
        <div className={classes.panels}>
          <ConfigPanel status={status.data} />
          <StoragePanel store={status.data.store} />
          <CollectorPanel status={status.data} />
        </div>
      </>
    )
  if (error !== null)
    return <FailedPart what="The collector’s own state" error={error} retry={() => void status.refetch()} />
  return (
    <div className={classes.panels} aria-busy="true">
      {['Configuration', 'Storage', 'Collector'].map((title) => (
        <div key={title} className={classes.panel}>
          <Skeleton width="50%" height={20} />
          <div className={classes.placeholders}>
            <Skeleton />
            <Skeleton />
            <Skeleton />
            <Skeleton width="70%" />
          </div>
        </div>
      ))}
    </div>
  )
}

function Systems(): JSX.Element {
  const greeted = useTimeline((timeline) => timeline.greeted)
  const systems = useTimeline((timeline) => timeline.systems)
  const [typed, setTyped] = useState('')
  // Typing goes before drawing, however many systems there are.
  const search = useDeferredValue(typed.trim())
  const { found, words } = useSystemSearch(systems, search)
  return (
    <section className={classes.systemsPart} aria-labelledby="systems-title">
      <h2 id="systems-title">Systems and sources</h2>
      {!greeted && <Skeleton height={160} />}
      {greeted && systems.length === 0 && (
        <EmptyState title="Nothing is watched yet">
          <p>
            <Link to="/watch">Watch something</Link>, or write <code>systems:</code> in <code>headroom.yaml</code>.
          </p>
        </EmptyState>
      )}
      {systems.length > 0 && (
        <SearchField
          label="Search systems, sources, metrics and paths"
          value={typed}
          onChange={setTyped}
          found={search === '' ? undefined : words}
        />
      )}
      {search !== '' && found.length === 0 && systems.length > 0 && (
        <p className={classes.quiet}>
          Nothing holds “{search}”. Paths and metrics are found as soon as a source gave them.
        </p>
      )}
      <div className={classes.systems}>
        {found.map(({ system, inside }) => (
          <SystemSources
            key={system.id}
            system={system}
            byDefault={systems.length <= MOST_OPEN || (inside && found.length <= MOST_OPEN)}
            search={inside ? search : ''}
          />
        ))}
      </div>
    </section>
  )
}
