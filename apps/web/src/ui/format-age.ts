import { NBSP } from './no-break.ts'

// Made once: making one costs more than a thousand uses.
const tenths = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 })

/** An age as a person says it: `0.8 s`, `42 s`, `2 min`, `3 h`, `2 days`. */
export function ageText(ms: number, fine = false): string {
  const seconds = Math.max(0, ms) / 1000
  if (fine && seconds < 2) return `${tenths.format(seconds)}${NBSP}s`
  if (seconds < 90) return `${Math.round(seconds)}${NBSP}s`
  const minutes = seconds / 60
  if (minutes < 90) return `${Math.round(minutes)}${NBSP}min`
  const hours = minutes / 60
  if (hours < 36) return `${Math.round(hours)}${NBSP}h`
  return `${Math.round(hours / 24)}${NBSP}days`
}
