import { clockText, dayText, zoneAheadMs } from '../ui/format-time.ts'
import type { Zone } from '../ui/format-time.ts'
import { timeTicks, xAt } from './scale.ts'
import type { Frame } from './scale.ts'

export type TimeLabel = { t: number; x: number; text: string; anchor: 'start' | 'middle' | 'end' }

const DAY_MS = 86_400_000
/** Half of a figure's width, with what keeps two labels apart. */
const HALF_FIGURE = 3.2
const ROOM = 88

/** The times under a picture. One at an edge is turned inwards, so that it is never cut. */
export function timeLabels(
  span: { from: number; to: number },
  frame: Pick<Frame, 'width' | 'left' | 'right'>,
  zone: Zone,
): TimeLabel[] {
  const plot = frame.width - frame.left - frame.right
  const ticks = timeTicks(span.from, span.to, Math.max(2, Math.floor(plot / ROOM)), zoneAheadMs(span.to, zone))
  return ticks.map((t): TimeLabel => {
    const text = timeText(t, span.to - span.from, zone)
    const x = xAt(t, span, { ...frame, height: 0, top: 0, bottom: 0 })
    const half = text.length * HALF_FIGURE
    if (x - half < 0) return { t, x: 0, text, anchor: 'start' }
    if (x + half > frame.width) return { t, x: frame.width, text, anchor: 'end' }
    return { t, x, text, anchor: 'middle' }
  })
}

function timeText(t: number, spanMs: number, zone: Zone): string {
  if (spanMs > 3 * DAY_MS) return dayText(t, zone)
  return clockText(t, zone, spanMs < 10 * 60_000 && t % 60_000 !== 0)
}
