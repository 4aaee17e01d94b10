/**
 * When a source is asked: at slots, fixed moments of the wall clock an interval apart. Each source's are shifted by its
 * own offset, so that a thousand sources do not all ask at once, and stay where they are through every restart.
 */

/** The shift of a source within its interval, in ms; evenly spread over all names. */
export function slotOffset(name: string, everyMs: number): number {
  return Math.floor((fnv1a(name) / 2 ** 32) * everyMs)
}

/** The first slot later than `now`. */
export function nextSlot(now: number, everyMs: number, offsetMs: number): number {
  return offsetMs + (Math.floor((now - offsetMs) / everyMs) + 1) * everyMs
}

/** The slot after `slot`, and how many were missed because it is late. */
export function followingSlot(slot: number, now: number, everyMs: number): { slot: number; missed: number } {
  const missed = Math.max(0, Math.floor((now - slot) / everyMs))
  return { slot: slot + (missed + 1) * everyMs, missed }
}

const TOLERATED_FAILURES = 3
const MAX_BACKOFF_MS = 60_000

/**
 * How many intervals from one question to the next after so many failures in a row. A system in trouble is asked at its
 * usual pace three times, then less and less, at least once a minute or every interval.
 */
export function backoffIntervals(failures: number, everyMs: number): number {
  if (failures < TOLERATED_FAILURES) return 1
  const most = Math.max(1, Math.min(12, Math.floor(MAX_BACKOFF_MS / everyMs)))
  return Math.min(2 ** Math.min(10, failures - TOLERATED_FAILURES + 1), most)
}

/** FNV-1a with a final mix: short names that differ in one digit end up far apart. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
