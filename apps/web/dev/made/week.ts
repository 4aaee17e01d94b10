import { captions } from './captions.ts'
import type { MadeSystem } from './made-system.ts'
import { MIN } from './values.ts'

const HOUR = 60 * MIN
const DAY = 24 * HOUR

/** The caption workshop over a week: flags that were up over a night, or for days, and notes of every day. */
export function week(start: number): MadeSystem {
  const base = captions(start)
  return {
    ...base,
    alerts: [
      ...base.alerts,
      {
        flag: 'memory-high',
        metric: 'memory.used_percent',
        value: 84,
        since: start - 5 * DAY,
        resolvedAt: start - 3 * DAY,
      },
      {
        flag: 'upstream-rate-climbing',
        metric: 'upstream.requests_per_minute',
        value: 240,
        since: start - 2 * DAY - 9 * HOUR,
        resolvedAt: start - 2 * DAY,
      },
    ],
    notes: [
      ...base.notes,
      ...Array.from({ length: 5 }, (_, index) => ({
        at: start - (index + 1) * DAY - index * HOUR,
        text: `Opened the room on day ${5 - index}`,
        kind: 'note' as const,
        by: 'Ada',
      })),
    ],
  }
}
