import { Link, useParams, useSearch } from '@tanstack/react-router'
import { Suspense } from 'react'
import type { JSX } from 'react'
import { useTimeline } from '../../data/use-timeline.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ChartsSide } from './charts-chunk.ts'
import { ChartsSkeleton } from './ChartsSkeleton.tsx'
import { FlagsPanel } from './FlagsPanel.tsx'
import { HeadroomPanel } from './HeadroomPanel.tsx'
import { useFlags } from './queries.ts'
import { SourcesPanel } from './SourcesPanel.tsx'
import { SystemHead } from './SystemHead.tsx'
import { SystemSkeleton } from './SystemSkeleton.tsx'
import { WordsPanel } from './WordsPanel.tsx'
import classes from './system.module.css'

/** One system: what state it is in and why on the left, everything it measures on the right. */
export function SystemPage(): JSX.Element {
  const { systemId } = useParams({ from: '/systems/$systemId' })
  const search = useSearch({ from: '/systems/$systemId' })
  const greeted = useTimeline((timeline) => timeline.greeted)
  const system = useTimeline((timeline) => timeline.systems.find((each) => each.id === systemId))
  const flags = useFlags(systemId)
  if (!greeted) return <SystemSkeleton />
  if (system === undefined) {
    return (
      <div className={classes.missing}>
        <h1>No system called “{systemId}”</h1>
        <EmptyState title="It is not in the configuration">
          <p>
            It may have been renamed or removed from <code>headroom.yaml</code>. <Link to="/">See all systems</Link>
          </p>
        </EmptyState>
      </div>
    )
  }
  return (
    <div className={classes.page}>
      <div className={classes.left}>
        <SystemHead system={system} />
        <HeadroomPanel system={system} />
        <FlagsPanel answer={flags} />
        <WordsPanel system={system} />
        <SourcesPanel system={system} />
      </div>
      <section className={classes.right} aria-label="Charts">
        <Suspense fallback={<ChartsSkeleton />}>
          <ChartsSide key={system.id} system={system} search={search} flags={flags.data ?? NONE} />
        </Suspense>
      </section>
    </div>
  )
}

const NONE: readonly never[] = []
