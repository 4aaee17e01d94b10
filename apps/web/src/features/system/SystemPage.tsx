import { useParams, useSearch } from '@tanstack/react-router'
import { Suspense, useMemo } from 'react'
import type { JSX } from 'react'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { isLost } from '../../data/connection.ts'
import { useConnection, useTimeline } from '../../data/use-timeline.ts'
import { ChartsSide } from './charts-chunk.ts'
import { ChartsSkeleton } from './ChartsSkeleton.tsx'
import { CompactHead } from './CompactHead.tsx'
import { FiringPanel } from './FiringPanel.tsx'
import { NO_GUIDE } from './guide.ts'
import { HeadroomPanel } from './HeadroomPanel.tsx'
import { useFreshConfiguration, useGuide } from './left-queries.ts'
import { LongLists } from './LongLists.tsx'
import { MissingSystem } from './MissingSystem.tsx'
import { useFlags } from './queries.ts'
import { LISTS, PastCharts } from './PastCharts.tsx'
import { SystemHead } from './SystemHead.tsx'
import { SystemSkeleton } from './SystemSkeleton.tsx'
import { needsSomebody, useFlagGroups } from './use-flag-groups.ts'
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
  const answer = useFlags(system.id)
  // What is shown while asking may still be the flags of the system looked at before.
  const flags = useMemo(() => (answer.data ?? []).filter((flag) => flag.system === system.id), [answer.data, system.id])
  const guideAnswer = useGuide(system.id)
  const guide = guideAnswer.data ?? NO_GUIDE
  const groups = useFlagGroups(system.id, flags)
  const wide = useWide()
  const lost = isLost(useConnection())
  const { ref: head, past } = useScrolledPast()
  useFreshConfiguration(system.id)
  const lists = <LongLists system={system} groups={groups} answer={answer} guide={guide} guideAnswer={guideAnswer} />
  return (
    <>
      {past && <CompactHead system={system} firing={groups.filter(needsSomebody).length} />}
      <div className={classes.page} data-lost={lost}>
        <div className={classes.left}>
          <SystemHead system={system} ref={head} />
          <FiringPanel groups={groups} guide={guide} />
          <HeadroomPanel system={system} guide={guide} />
          {wide ? lists : <PastCharts criteria={guide.success.length > 0} />}
        </div>
        <section className={classes.right} aria-label="Charts">
          <Suspense fallback={<ChartsSkeleton />}>
            <ChartsSide system={system} search={search} flags={flags} />
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
