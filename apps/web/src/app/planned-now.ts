import type { PlannedEvent } from '@headroom/shared/model/planned-event.ts'
import { HOUR, MINUTE } from '@headroom/shared/time.ts'

/** A planned day from its point of view: `atMs` since its start, negative before it. */
export type PlannedNow = { event: PlannedEvent; atMs: number }

const AHEAD_MS = 12 * HOUR

/** The planned day that is running, the one begun last; else the next one within half a day. */
export function plannedNow(events: readonly PlannedEvent[], now: number): PlannedNow | undefined {
  const running = events.filter((event) => event.startAt <= now && now < event.endAt)
  const coming = events.filter((event) => event.startAt > now && event.startAt - now <= AHEAD_MS)
  const event =
    running.toSorted((a, b) => b.startAt - a.startAt)[0] ?? coming.toSorted((a, b) => a.startAt - b.startAt)[0]
  return event === undefined ? undefined : { event, atMs: now - event.startAt }
}

/** `T+0:42`, `T-1:18`: whole minutes, so that the start itself is `T+0:00`. */
export function tText(atMs: number): string {
  const minutes = Math.floor(atMs / MINUTE)
  const size = Math.abs(minutes)
  return `T${minutes < 0 ? '-' : '+'}${Math.floor(size / 60)}:${String(size % 60).padStart(2, '0')}`
}
