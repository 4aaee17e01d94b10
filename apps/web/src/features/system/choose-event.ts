import type { PlannedEvent } from '@headroom/shared/model/planned-event.ts'

/** The events of a system, in the order of their days. */
export function eventsOf(system: string, planned: readonly PlannedEvent[]): PlannedEvent[] {
  return planned
    .filter((event) => event.systems.length === 0 || event.systems.includes(system))
    .toSorted((a, b) => a.startAt - b.startAt)
}

/** The event somebody means who asks for "the event": the one under way, else the one whose day is nearest. */
export function nearestEvent(events: readonly PlannedEvent[], now: number): PlannedEvent | undefined {
  const away = ({ startAt, endAt }: PlannedEvent): number => Math.max(0, startAt - now, now - endAt)
  return events.toSorted((a, b) => away(a) - away(b))[0]
}
