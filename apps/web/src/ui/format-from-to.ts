import { clockText, dayText } from './format-time.ts'
import type { Zone } from './format-time.ts'

/** `Sat 21 Nov, 08:27:52 to 08:42:52`: the day twice only where there are two. */
export function fromToText(
  { from, to }: { from: number; to: number },
  zone: Zone,
  between = 'to',
  dayOf = dayText,
): string {
  const day = dayOf(from, zone)
  const until = dayOf(to, zone)
  const end = `${until === day ? '' : `${until}, `}${clockText(to, zone, true)}`
  return `${day}, ${clockText(from, zone, true)} ${between} ${end}`
}
