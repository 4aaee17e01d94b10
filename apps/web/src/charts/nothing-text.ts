import { clockText, dayText } from '../ui/format-time.ts'
import type { Zone } from '../ui/format-time.ts'

/** `Nothing was recorded between Sat 21 Nov, 08:27:52 and 08:42:52.` The day twice only where there are two. */
export function nothingText({ from, to }: { from: number; to: number }, zone: Zone): string {
  const day = dayText(from, zone)
  const until = dayText(to, zone)
  const end = `${until === day ? '' : `${until}, `}${clockText(to, zone, true)}`
  return `Nothing was recorded between ${day}, ${clockText(from, zone, true)} and ${end}.`
}
