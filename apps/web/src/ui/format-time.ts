export type Zone = 'local' | 'utc'

const cache = new Map<string, Intl.DateTimeFormat>()

function format(zone: Zone, key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const id = `${zone}/${key}`
  let made = cache.get(id)
  if (made === undefined) {
    made = new Intl.DateTimeFormat(undefined, { ...options, ...(zone === 'utc' ? { timeZone: 'UTC' } : {}) })
    cache.set(id, made)
  }
  return made
}

export function clockText(ms: number, zone: Zone, seconds = false): string {
  return seconds
    ? format(zone, 'hms', { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(ms)
    : format(zone, 'hm', { hour: '2-digit', minute: '2-digit' }).format(ms)
}

export function dayText(ms: number, zone: Zone): string {
  return format(zone, 'day', { weekday: 'short', day: 'numeric', month: 'short' }).format(ms)
}

/** The time alone where it is of the same day as `now`, else the day before it. */
export function momentText(ms: number, now: number, zone: Zone, seconds = false): string {
  const time = clockText(ms, zone, seconds)
  return dayText(ms, zone) === dayText(now, zone) ? time : `${dayText(ms, zone)}, ${time}`
}

/** The zone's own name, as in `Europe/Amsterdam`. */
export function zoneName(zone: Zone): string {
  if (zone === 'utc') return 'UTC'
  // Asking costs milliseconds, and is done with every drawing.
  localZone ??= Intl.DateTimeFormat().resolvedOptions().timeZone
  return localZone
}

let localZone: string | undefined

/** How far the shown zone is ahead of UTC at a moment. */
export function zoneAheadMs(ms: number, zone: Zone): number {
  return zone === 'utc' ? 0 : -new Date(ms).getTimezoneOffset() * 60_000
}
