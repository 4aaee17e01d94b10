import { Link } from '@tanstack/react-router'
import { Suspense, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import type { JSX, ReactNode } from 'react'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { isLost } from '../../data/connection.ts'
import { useShortcut } from '../../data/shortcuts.ts'
import { headline } from '../../data/system-words.ts'
import { useConnection, useServerNow, useTimeline, useTimelineStore } from '../../data/use-timeline.ts'
import { momentText } from '../../ui/format-time.ts'
import { useZone } from '../../ui/zone-context.ts'
import { CardGrid } from './CardGrid.tsx'
import { facetsOf, filterSystems } from './filter-systems.ts'
import { FilterBar } from './FilterBar.tsx'
import { firingOf } from './firing.ts'
import { isUsed } from './overview-search.ts'
import { NothingFound } from './NothingFound.tsx'
import { OverviewSkeleton } from './OverviewSkeleton.tsx'
import { useFilter } from './use-filter.ts'
import classes from './overview.module.css'

/** With more systems than this they do not fit a glance: there is a field to find them by. */
const FEW = 6

/** Is anything wrong, what, and since when: at a glance. `whenEmpty` is what to do while nothing is watched. */
export function OverviewPage({ whenEmpty }: { whenEmpty: ReactNode }): JSX.Element {
  const greeted = useTimeline((timeline) => timeline.greeted)
  const systems = useTimeline((timeline) => timeline.systems)
  useFocusWhenWatched(greeted && systems.length === 0)
  if (!greeted) return <OverviewSkeleton />
  if (systems.length === 0) return <Suspense fallback={null}>{whenEmpty}</Suspense>
  return <Watched systems={systems} />
}

/** The first card takes the place of what was being filled in: the focus must not fall off the page with it. */
function useFocusWhenWatched(empty: boolean): void {
  const before = useRef(empty)
  useEffect(() => {
    if (!empty && before.current && document.activeElement === document.body)
      document.getElementById('main')?.focus({ preventScroll: true })
    before.current = empty
  }, [empty])
}

function Watched({ systems }: { systems: readonly SystemView[] }): JSX.Element {
  const alerts = useTimeline((timeline) => timeline.alerts)
  const { filter, change } = useFilter()
  // Typing goes before drawing the cards that it finds.
  const used = useDeferredValue(filter)
  // Once it was there it stays: what is cleared in it must not take it away from under the hand.
  const [found, setFound] = useState(false)
  if (!found && isUsed(filter)) setFound(true)
  /** How often the field was asked for by its key. */
  const [asked, setAsked] = useState(0)
  const matching = useMemo(() => filterSystems(systems, used), [systems, used])
  useShortcut('filter', () => setAsked((times) => times + 1))
  return (
    <div className={classes.page}>
      <Headline systems={systems} />
      {(asked > 0 || systems.length > FEW || found) && (
        <FilterBar
          filter={filter}
          facets={facetsOf(systems, filter)}
          shown={matching.length}
          all={systems.length}
          asked={asked}
          onChange={change}
        />
      )}
      <CardGrid
        all={systems}
        matching={matching}
        filterKey={JSON.stringify(used)}
        firing={firingOf(alerts)}
        whenNone={<NothingFound filter={used} onChange={change} />}
      />
    </div>
  )
}

function Headline({ systems }: { systems: readonly SystemView[] }): JSX.Element {
  const lost = isLost(useConnection())
  const timeline = useTimelineStore()
  const zone = useZone()
  const now = useServerNow(lost)
  const { first, rest } = headline(systems)
  return (
    <div className={classes.headline}>
      <h1>
        {lost && <span className={classes.asOf}>As of {momentText(timeline.heardAt ?? now, now, zone, true)}: </span>}
        {first}
      </h1>
      {rest !== '' && <p>{rest}</p>}
      <Link to="/watch" className={classes.watch}>
        Watch something
      </Link>
    </div>
  )
}
