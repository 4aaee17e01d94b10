import { Link } from '@tanstack/react-router'
import { memo, useMemo, useState } from 'react'
import type { JSX } from 'react'
import type { PlannedEvent } from '@headroom/shared/model/planned-event.ts'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { useTimeline } from '../../data/use-timeline.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useFlags } from './flag-queries.ts'
import { firstQuestion } from './first-question.ts'
import { Lanes } from './Lanes.tsx'
import { MetricCard } from './MetricCard.tsx'
import { metricGroups } from './metric-groups.ts'
import type { MetricGroup } from './metric-groups.ts'
import { useEarlyHistory } from './queries.ts'
import { useSpanAlerts } from './use-spanned.ts'
import { useWindow } from './use-window.ts'
import type { View } from './view.ts'
import classes from './charts.module.css'

type Props = {
  system: SystemView
  view: View
  events: readonly PlannedEvent[]
  /** Also what is kept under its own name. */
  all: boolean
}

/** Every series of a system, in the document's order, on one time axis. */
export function ChartsColumn({ system, view, events, all }: Props): JSX.Element {
  const { flags } = useFlags(system.id)
  const series = useTimeline((timeline) => timeline.seriesOf(system.id))
  const { known, others } = useMemo(() => metricGroups(series), [series])
  const spanned = useSpanAlerts(system.id, useWindow(view))
  const alerts = useStable(spanned.items)
  const shared = { system, view, flags, alerts }
  if (series.length === 0)
    return (
      <EmptyState title="No series yet">
        <p>Nothing has come from the sources of this system. Charts appear by themselves with the first answer.</p>
      </EmptyState>
    )
  return (
    <>
      <EarlyHistory groups={known} view={view} />
      <Lanes system={system} view={view} alerts={alerts} gap={spanned.gap} events={events} />
      <div className={classes.charts}>
        {known.map((group) => (
          <MetricCard key={group.key} group={group} {...shared} />
        ))}
      </div>
      {others.length > 0 && (
        <>
          <h2 className={classes.others}>
            <Link
              to="/systems/$systemId"
              params={{ systemId: system.id }}
              search={(before) => ({ ...before, all: all ? undefined : true })}
              state={true}
              resetScroll={false}
              replace
              aria-expanded={all}
            >
              Everything else <span>{others.length}, kept under their own names</span>
            </Link>
          </h2>
          {all && (
            <div className={classes.charts}>
              {others.map((group) => (
                <MetricCard key={group.key} group={group} {...shared} />
              ))}
            </div>
          )}
        </>
      )}
    </>
  )
}

/** So many charts are on the screen at first, about. */
const AT_FIRST = 16

/** Draws nothing: it asks for what the first charts will show, before they are put together. */
const EarlyHistory = memo(function EarlyHistory({
  groups,
  view,
}: {
  groups: readonly MetricGroup[]
  view: View
}): null {
  useEarlyHistory(groups.slice(0, AT_FIRST).map(firstQuestion), view)
  return null
})

/** The same array while its members are the same. */
function useStable<T>(list: readonly T[]): readonly T[] {
  const [held, setHeld] = useState(list)
  if (held.length === list.length && list.every((each, index) => each === held[index])) return held
  setHeld(list)
  return list
}
