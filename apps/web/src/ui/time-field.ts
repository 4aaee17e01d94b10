import type { Zone } from './format-time.ts'

/** A moment as a `datetime-local` field holds it, in the zone that is shown. */
export function fieldText(ms: number, zone: Zone): string {
  const shift = zone === 'utc' ? 0 : new Date(ms).getTimezoneOffset() * 60_000
  return new Date(ms - shift).toISOString().slice(0, 19)
}

export function fieldTime(text: string, zone: Zone): number | undefined {
  const ms = new Date(zone === 'utc' ? `${text}Z` : text).getTime()
  return Number.isNaN(ms) ? undefined : ms
}
