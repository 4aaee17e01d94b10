import { Button, SegmentedControl } from '@mantine/core'
import type { JSX } from 'react'
import type { PlannedEvent } from '@headroom/shared/model/planned-event.ts'
import { useShortcut } from '../../data/shortcuts.ts'
import { useTimelineStore } from '../../data/use-timeline.ts'
import { nearestEvent } from './choose-event.ts'
import { EventChoice } from './EventChoice.tsx'
import { FromTo } from './FromTo.tsx'
import { RangeWords } from './RangeWords.tsx'
import type { ZoomSteps } from './use-zoom-steps.ts'
import { DEFAULT_RANGE, RANGE_NAMES, isGrowing, spanOf } from './view.ts'
import type { ViewSearch } from './view-search.ts'
import type { RangeName, View } from './view.ts'
import classes from './charts.module.css'

const NAMES: Record<RangeName, string> = { '5m': '5 min', '15m': '15 min', '1h': '1 h', '3h': '3 h', '1d': '1 day' }
const EVENT = 'event'

type Props = { search: ViewSearch; view: View; events: readonly PlannedEvent[]; steps: ZoomSteps }

/** Which time is shown: a range up to now, a planned event, one that stands still, or from a moment to a moment. It is all in the address. */
export function RangeBar({ search, view, events, steps }: Props): JSX.Element {
  const timeline = useTimelineStore()
  const { range, event, at, from, to } = search
  const nearest = nearestEvent(events, timeline.serverNow())
  const base = event === undefined ? { range } : { event }
  const still =
    from !== undefined || at !== undefined || (event !== undefined && !isGrowing(view, timeline.serverNow()))
  const pause = (): void => {
    if (!still) steps.choose({ ...base, at: Math.round(timeline.serverNow()) })
    else steps.choose(isOver(events, event, timeline.serverNow()) ? { range } : base)
  }
  useShortcut('pause', pause)
  useShortcut('zoom-back', steps.back)
  const chosen = from !== undefined && to !== undefined ? '' : event === undefined ? (range ?? DEFAULT_RANGE) : EVENT
  const now = timeline.serverNow()
  return (
    <div className={classes.rangeBar}>
      <SegmentedControl
        size="xs"
        aria-label="Range"
        value={chosen}
        data={[
          ...RANGE_NAMES.map((name) => ({ value: name as string, label: NAMES[name] })),
          ...(nearest === undefined ? [] : [{ value: EVENT, label: 'Event' }]),
        ]}
        onChange={(value) =>
          steps.choose(value === EVENT ? { event: nearest?.id } : { range: RANGE_NAMES.find((name) => name === value) })
        }
      />
      {event !== undefined && events.length > 1 && (
        <EventChoice events={events} chosen={event} onChoose={(id) => steps.choose({ event: id })} />
      )}
      <FromTo
        from={view.kind === 'fixed' ? view.from : now - spanOf(view)}
        to={view.kind === 'fixed' ? view.to : now}
        onApply={(start, end) => steps.choose({ ...base, from: start, to: end })}
      />
      <Button size="compact-sm" variant="default" onClick={pause} aria-pressed={still}>
        {still ? 'Back to live' : 'Pause'}
      </Button>
      {steps.depth > 0 && (
        <Button size="compact-sm" variant="default" onClick={steps.back}>
          Back
        </Button>
      )}
      <RangeWords view={view} event={events.find((each) => each.id === event)} />
    </div>
  )
}

/** Of an event that is over nothing is live any more: from there, live is now. */
function isOver(events: readonly PlannedEvent[], id: string | undefined, now: number): boolean {
  const event = events.find((each) => each.id === id)
  return event !== undefined && (now > event.endAt || now < event.startAt)
}
