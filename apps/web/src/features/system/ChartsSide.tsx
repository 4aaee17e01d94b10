import { memo, useEffect, useMemo, useState } from 'react'
import type { JSX } from 'react'
import type { SystemView } from '@headroom/shared/model/system.ts'
import { createCell } from '../../charts/cell.ts'
import { HoverContext, createHover } from '../../charts/hover.ts'
import { usePlanned } from '../../data/use-planned.ts'
import { ZoomContext } from '../../charts/zoom.ts'
import type { Selection } from '../../charts/zoom.ts'
import { ChartsColumn } from './ChartsColumn.tsx'
import { ChartsSkeleton } from './ChartsSkeleton.tsx'
import { eventsOf } from './choose-event.ts'
import { RangeBar } from './RangeBar.tsx'
import { useZoomSteps } from './use-zoom-steps.ts'
import { viewOf } from './view.ts'
import type { ViewSearch } from './view-search.ts'

type Props = { system: SystemView; search: ViewSearch }

/** The right side of a system: which time is shown, and everything that was measured in it. */
export const ChartsSide = memo(function ChartsSide({ system, search }: Props): JSX.Element {
  const { range, event: wanted, at, from, to } = search
  const planned = usePlanned()
  const events = useMemo(() => eventsOf(system.id, planned.data ?? []), [system.id, planned.data])
  const event = events.find((each) => each.id === wanted)
  const view = useMemo(() => viewOf({ range, at, from, to }, event), [range, at, from, to, event])
  const steps = useZoomSteps(system.id)
  const [hover] = useState(createHover)
  const [selection] = useState(() => createCell<Selection>(null))
  const zoom = useMemo(() => ({ selection, show: steps.zoom, back: steps.back }), [selection, steps])
  // Another window begins without what was being chosen in the one before.
  useEffect(() => selection.set(null), [selection, view])
  if (wanted !== undefined && planned.isPending) return <ChartsSkeleton />
  return (
    <HoverContext value={hover}>
      <ZoomContext value={zoom}>
        <RangeBar
          search={event === undefined ? { ...search, event: undefined } : search}
          {...{ view, events, steps }}
        />
        <ChartsColumn system={system} view={view} events={events} all={search.all === true} />
      </ZoomContext>
    </HoverContext>
  )
})
