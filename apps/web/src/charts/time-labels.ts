import { clockText, dayText, zoneAheadMs } from '../ui/format-time.ts'
import { offsetText } from '../ui/format-span.ts'
import type { Zone } from '../ui/format-time.ts'
import { timeTicks, xAt } from './scale.ts'
import type { Frame } from './scale.ts'

export type TimeLabel = { t: number; x: number; text: string; anchor: 'start' | 'middle' | 'end' }
/** A window; with an `origin` its times are counted from there. */
export type TimeAxis = { from: number; to: number; origin?: number | undefined }

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
/** Half of a figure's width, with what keeps two labels apart. */
const HALF_FIGURE = 3.2
const ROOM = 80

/** The times under a picture. One at an edge is turned inwards, so that it is never cut. */
export function timeLabels(axis: TimeAxis, frame: Pick<Frame, 'width' | 'left' | 'right'>, zone: Zone): TimeLabel[] {
  const { from, to, origin } = axis
  const plot = frame.width - frame.left - frame.right
  const ahead = (t: number): number => (origin === undefined ? zoneAheadMs(t, zone) : -origin)
  return timeTicks(from, to, Math.max(2, Math.floor(plot / ROOM)), ahead).map((t): TimeLabel => {
    const text =
      origin === undefined ? timeText(t, to - from, zone) : offsetText(t - origin, withSeconds(t - origin, to - from))
    const x = xAt(t, axis, { ...frame, height: 0, top: 0, bottom: 0 })
    const half = text.length * HALF_FIGURE
    if (x - half < 0) return { t, x: 0, text, anchor: 'start' }
    if (x + half > frame.width) return { t, x: frame.width, text, anchor: 'end' }
    return { t, x, text, anchor: 'middle' }
  })
}

/** A day where it begins, and times between. */
function timeText(t: number, spanMs: number, zone: Zone): string {
  if ((t + zoneAheadMs(t, zone)) % DAY_MS === 0) return dayText(t, zone)
  return clockText(t, zone, withSeconds(t, spanMs))
}

/** Seconds only where they tell two labels apart. */
function withSeconds(t: number, spanMs: number): boolean {
  return spanMs < 10 * MINUTE_MS && t % MINUTE_MS !== 0
}

/** A moment in full, as a hover says it: its day, its time, and how long after the beginning of the event. */
export function fullMoment(t: number, zone: Zone, origin?: number): string {
  const clock = `${dayText(t, zone)}, ${clockText(t, zone, true)}`
  return origin === undefined ? clock : `${clock} (${offsetText(t - origin, true)})`
}
