import type { Status } from '@headroom/shared/contracts.ts'

/** What becomes of the storage if it goes on like this. */
export type Forecast =
  /** Too little is known of how fast it grows. */
  | { kind: 'unknown' }
  /** By its age everything goes before it is too much; it grows to about so many bytes. */
  | { kind: 'kept-under'; bytes: number }
  /** The oldest days go already, to keep it under its maximum. */
  | { kind: 'at-maximum' }
  /** In so many days it reaches its maximum; from then on the oldest days go. */
  | { kind: 'full'; days: number }
  /** In so many days the volume itself is full, before the maximum is reached. */
  | { kind: 'disk-full'; days: number }

const DAY_SECONDS = 86_400
/** So near its maximum it is there for all that matters. */
const NEARLY = 0.98

type Store = Pick<Status['store'], 'bytes' | 'maxBytes' | 'bytesPerDay' | 'retainSeconds' | 'freeBytes'>

/** Growth is taken as it was in the last hours; retention drops what is older than it allows. */
export function forecast({ bytes, maxBytes, bytesPerDay, retainSeconds, freeBytes }: Store): Forecast {
  if (bytes >= maxBytes * NEARLY) return { kind: 'at-maximum' }
  if (bytesPerDay === null) return { kind: 'unknown' }
  const settles = Math.max(bytes, bytesPerDay * (retainSeconds / DAY_SECONDS))
  const free = freeBytes ?? Infinity
  if (settles <= maxBytes && settles - bytes <= free) return { kind: 'kept-under', bytes: settles }
  const toMaximum = maxBytes - bytes
  const days = Math.min(toMaximum, free) / bytesPerDay
  return { kind: free < toMaximum ? 'disk-full' : 'full', days }
}
