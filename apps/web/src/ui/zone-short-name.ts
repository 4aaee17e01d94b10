import type { Zone } from './format-time.ts'
import { zoneName } from './format-time.ts'

/** The zone as people there write it: `CET`, `GMT+5:30`; the place where the language has no such word. */
export function zoneShortName(zone: Zone, at = new Date()): string {
  if (zone === 'utc') return 'UTC'
  const part = new Intl.DateTimeFormat(undefined, { timeZoneName: 'short' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')
  return part?.value ?? zoneName(zone)
}
