import type { JSX } from 'react'
import { headline } from '../../data/system-words.ts'
import { useConnection, useTimeline, useTimelineStore } from '../../data/use-timeline.ts'
import { isLost } from '../../data/connection.ts'
import { clockText } from '../../ui/format-time.ts'
import { useZone } from '../../ui/zone-context.ts'
import { cardOrder } from './card-order.ts'
import { NothingWatched } from './NothingWatched.tsx'
import { OverviewSkeleton } from './OverviewSkeleton.tsx'
import { SystemCard } from './SystemCard.tsx'
import { firingOf } from './firing.ts'
import classes from './overview.module.css'

/** Is anything wrong, what, and since when: at a glance. */
export function OverviewPage(): JSX.Element {
  const greeted = useTimeline((timeline) => timeline.greeted)
  const systems = useTimeline((timeline) => timeline.systems)
  const alerts = useTimeline((timeline) => timeline.alerts)
  const lost = isLost(useConnection())
  const timeline = useTimelineStore()
  const zone = useZone()
  if (!greeted) return <OverviewSkeleton />
  if (systems.length === 0) return <NothingWatched />
  const { first, rest } = headline(systems)
  const firing = firingOf(alerts)
  return (
    <div className={classes.page}>
      <div className={classes.headline}>
        <h1>
          {lost && <span className={classes.asOf}>As of {clockText(timeline.heardAt ?? 0, zone, true)}: </span>}
          {first}
        </h1>
        {rest !== '' && <p>{rest}</p>}
      </div>
      <div className={classes.cards} data-few={systems.length <= 3 ? systems.length : undefined}>
        {cardOrder(systems).map((system) => (
          <SystemCard key={system.id} system={system} alerts={firing.get(system.id) ?? NONE} />
        ))}
      </div>
    </div>
  )
}

const NONE: readonly never[] = []
