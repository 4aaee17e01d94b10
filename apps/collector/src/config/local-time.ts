/// <reference lib="esnext.temporal" />
import type { EpochMs } from '@headroom/shared/time.ts'

/** Whether a time zone name is one this machine knows: `Europe/Amsterdam`, `UTC`. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/**
 * Reads `2026-11-25T09:00`, as the clock on the wall of `timeZone` shows it, or a time with its own offset
 * (`2026-11-25T08:00Z`). A local time that does not exist moves forward by the hour that was skipped; of an ambiguous
 * one the first counts. Anything else is undefined.
 */
export function parseTime(text: string, timeZone: string): EpochMs | undefined {
  if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?$/.test(text)) return undefined
  const iso = text.replace(' ', 'T')
  try {
    if (/(Z|[+-]\d{2}:\d{2})$/.test(iso)) return Temporal.Instant.from(iso).epochMilliseconds
    return Temporal.PlainDateTime.from(iso).toZonedDateTime(timeZone, { disambiguation: 'compatible' })
      .epochMilliseconds
  } catch {
    return undefined
  }
}

/**
 * Reads a mark of a run-sheet: a whole time, or `09:30` on the day the event starts. An event may pass midnight:
 * a clock time before the start is the next day's.
 */
export function parseMark(text: string, timeZone: string, startAt: EpochMs): EpochMs | undefined {
  const clock = /^(\d{1,2}):(\d{2})$/.exec(text)
  if (clock === null) return parseTime(text, timeZone)
  const start = Temporal.Instant.fromEpochMilliseconds(startAt).toZonedDateTimeISO(timeZone)
  try {
    const time = Temporal.PlainTime.from({ hour: Number(clock[1]), minute: Number(clock[2]) }, { overflow: 'reject' })
    const later = Temporal.PlainTime.compare(time, start.toPlainTime().round('minute')) < 0 ? 1 : 0
    const day = start.toPlainDate().add({ days: later })
    return day.toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds
  } catch {
    return undefined
  }
}

/** The machine's own time zone: what an event without one is in. */
export function machineTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}
