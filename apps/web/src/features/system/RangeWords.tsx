import type { JSX } from 'react'
import type { PlannedEvent } from '@headroom/shared/model/planned-event.ts'
import { useTimelineStore } from '../../data/use-timeline.ts'
import { fromToText } from '../../ui/format-from-to.ts'
import { spanText } from '../../ui/format-span.ts'
import { zoneName } from '../../ui/format-time.ts'
import { useZone } from '../../ui/zone-context.ts'
import { isGrowing, spanOf } from './view.ts'
import type { View } from './view.ts'
import classes from './charts.module.css'

/** In words which time is shown, and in which zone. */
export function RangeWords({ view, event }: { view: View; event: PlannedEvent | undefined }): JSX.Element {
  const zone = useZone()
  const now = useTimelineStore().serverNow()
  if (view.kind === 'live') return <span className={classes.rangeWords}>Times in {zoneName(zone)}</span>
  const growing = isGrowing(view, now)
  return (
    <span className={classes.rangeWords}>
      {event !== undefined && (
        <>
          <bdi>{event.name}</bdi>
          {': '}
        </>
      )}
      {growing ? '' : now < view.from ? 'Still to come: ' : 'Standing still: '}
      {fromToText(view, zone)}, {spanText(spanOf(view))} ({zoneName(zone)})
    </span>
  )
}
