import { zoneName } from './format-time.ts'
import type { Zone } from './format-time.ts'

const formats = new Map<Zone, Intl.DateTimeFormat>()

/** `Wed 18 Nov 2026, 07:58:01, Europe/Amsterdam`: a moment with nothing left to guess. */
export function fullTimeText(ms: number, zone: Zone): string {
  let format = formats.get(zone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat(undefined, {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      ...(zone === 'utc' ? { timeZone: 'UTC' } : {}),
    })
    formats.set(zone, format)
  }
  return `${format.format(ms)}, ${zoneName(zone)}`
}
