import type { JSX } from 'react'
import type { PlannedEvent } from '@headroom/shared/model/planned-event.ts'
import { dayText } from '../../ui/format-time.ts'
import { useZone } from '../../ui/zone-context.ts'
import classes from './charts.module.css'

type Props = { events: readonly PlannedEvent[]; chosen: string; onChoose: (id: string) => void }

/** Which of several events. */
export function EventChoice({ events, chosen, onChoose }: Props): JSX.Element {
  const zone = useZone()
  return (
    <select
      className={classes.eventChoice}
      aria-label="Which event"
      value={chosen}
      onChange={(change) => onChoose(change.currentTarget.value)}
    >
      {events.map(({ id, name, startAt }) => (
        <option key={id} value={id}>
          {name}, {dayText(startAt, zone)}
        </option>
      ))}
    </select>
  )
}
