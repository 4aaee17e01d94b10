import { numberText } from '../../ui/format-number.ts'
import type { Forecast } from './storage-forecast.ts'

/** What becomes of the storage, in a sentence. */
export function forecastWords(forecast: Forecast): string {
  switch (forecast.kind) {
    case 'unknown':
      return 'How fast it grows is known after a few hours.'
    case 'kept-under':
      return `Retention keeps it under its maximum: at this rate it grows to about ${numberText(forecast.bytes, 'bytes')}.`
    case 'at-maximum':
      return 'It is at its maximum: the oldest days make room for new ones.'
    case 'full':
      return `Full in ${daysText(forecast.days)} at this rate; from then on the oldest days make room.`
    case 'disk-full':
      return forecast.days <= 0
        ? 'The disk is full: free some space.'
        : `The disk is full in ${daysText(forecast.days)} at this rate: free some space, or lower storage.maxBytes.`
  }
}

function daysText(days: number): string {
  if (days < 1) return 'less than a day'
  const whole = Math.round(days)
  return whole === 1 ? 'about 1 day' : `about ${numberText(whole, 'count')} days`
}
