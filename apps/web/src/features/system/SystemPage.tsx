import { useElementScrollRestoration, useParams, useSearch } from '@tanstack/react-router'
import { Suspense, useDeferredValue } from 'react'
import type { JSX } from 'react'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { isLost } from '../../data/connection.ts'
import { useConnection, useTimeline } from '../../data/use-timeline.ts'
import { ChartsSide } from './charts-chunk.ts'
import { ChartsSkeleton } from './ChartsSkeleton.tsx'
import { CompactHead } from './CompactHead.tsx'
import { FiringPanel } from './FiringPanel.tsx'
import { useEarlyFlags } from './flag-queries.ts'
import { HeadroomPanel } from './HeadroomPanel.tsx'
import { useFreshConfiguration } from './left-queries.ts'
import { LongLists } from './LongLists.tsx'
import { MissingSystem } from './MissingSystem.tsx'
import { LISTS, PastCharts } from './PastCharts.tsx'
import { SystemHead } from './SystemHead.tsx'
import { SystemSkeleton } from './SystemSkeleton.tsx'
import { useScrolledPast } from './use-scrolled-past.ts'
import { useWide } from './use-wide.ts'
import classes from './system.module.css'

/** One system: what state it is in and why on the left, everything it measures on the right. */
export function SystemPage(): JSX.Element {
  const { systemId } = useParams({ from: '/systems/$systemId' })
  const greeted = useTimeline((timeline) => timeline.greeted)
  const system = useTimeline((timeline) => timeline.systems.find((each) => each.id === systemId))
  if (!greeted) return <SystemSkeleton />
  return system === undefined ? <MissingSystem systemId={systemId} /> : <OneSystem key={systemId} system={system} />
}

/** On a phone what is wrong and how much is left come first, then the pictures, then the long lists; and so it is read. */
function OneSystem({ system }: { system: SystemView }): JSX.Element {
  const search = useSearch({ from: '/systems/$systemId' })
  const wide = useWide()
  const lost = isLost(useConnection())
  const { ref: head, past } = useScrolledPast()
  useFreshConfiguration(system.id)
  useEarlyFlags(system.id)
  // What is read at leisure is drawn after what is read first, and gives way to it; but not where the page is to stand
  // again as it was left, for which it must be as long as it was.
  const left = useElementScrollRestoration({ getElement: () => window })
  const atLeisure = useDeferredValue(true, (left?.scrollY ?? 0) > 0)
  const lists = atLeisure && <LongLists system={system} />
  return (
    <>
      {past && <CompactHead system={system} />}
      <div className={classes.page} data-lost={lost}>
        <div className={classes.left}>
          <SystemHead system={system} ref={head} />
          <FiringPanel system={system.id} />
          <HeadroomPanel system={system} />
          {wide ? lists : <PastCharts system={system.id} />}
        </div>
        <section className={classes.right} aria-label="Charts">
          <Suspense fallback={<ChartsSkeleton />}>
            <ChartsSide system={system} search={search} />
          </Suspense>
        </section>
        {!wide && (
          <div className={classes.left} id={LISTS}>
            {lists}
          </div>
        )}
      </div>
    </>
  )
}
