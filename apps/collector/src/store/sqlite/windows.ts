/*
 * Time is cut into windows of five minutes, one chunk each. Every series cuts at another moment (its phase), so that
 * closing two thousand chunks is spread over the five minutes instead of falling into one tick.
 *
 * A chunk's key is (block, series, slot): the windows of a day lie together, within it those of a series. One series
 * over hours is then one stretch of the table, and forgetting a day frees whole pages.
 */
export const WINDOW_MS = 300_000
export const SLOTS_PER_BLOCK = 288
const PHASES = 2000
const PHASE_MS = WINDOW_MS / PHASES
const SLOT_SPAN = 512
export const MAX_SERIES = 2 ** 20 - 1
const BLOCK_SPAN = (MAX_SERIES + 1) * SLOT_SPAN
/** Times the key has room for: 1970 until far beyond any clock. */
export const LAST_TIME = 2 ** 23 * SLOTS_PER_BLOCK * WINDOW_MS

/** Zero phase would put time 0 into window 0; one is added so that no phase gives a negative window. */
export function windowOf(series: number, at: number): number {
  return Math.floor((at - (series % PHASES) * PHASE_MS) / WINDOW_MS) + 1
}

export function windowStart(series: number, window: number): number {
  return (window - 1) * WINDOW_MS + (series % PHASES) * PHASE_MS
}

export function blockOf(window: number): number {
  return Math.floor(window / SLOTS_PER_BLOCK)
}

/** When the last of a block's windows has ended, whatever the series. */
export function blockEnd(block: number): number {
  return windowStart(PHASES - 1, firstWindow(block + 1))
}

export function firstWindow(block: number): number {
  return block * SLOTS_PER_BLOCK
}

export function chunkKey(series: number, window: number): number {
  return blockOf(window) * BLOCK_SPAN + series * SLOT_SPAN + (window % SLOTS_PER_BLOCK)
}

export function windowOfKey(key: number): number {
  return blockOfKey(key) * SLOTS_PER_BLOCK + (key % SLOT_SPAN)
}

export function blockOfKey(key: number): number {
  return Math.floor(key / BLOCK_SPAN)
}

/** The first key of a block; that of the next block is where it ends. */
export function blockKey(block: number): number {
  return block * BLOCK_SPAN
}
