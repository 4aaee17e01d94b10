/** What is known of whether somebody looks at the cards: where pointer and focus are, and when they last did something. */
export type Looking = { pointer: boolean; focus: boolean; movedAt: number; touchedAt: number }

/** A pointer left lying on the cards is nobody who looks: a wall display must not stay in yesterday's order. */
const IDLE_MS = 60_000
/** A finger leaves no pointer behind; the eyes stay a while. */
const TOUCH_MS = 8_000

export const NOT_LOOKING: Looking = { pointer: false, focus: false, movedAt: -Infinity, touchedAt: -Infinity }

export function isLooking({ pointer, focus, movedAt, touchedAt }: Looking, now: number): boolean {
  return ((pointer || focus) && now - movedAt < IDLE_MS) || now - touchedAt < TOUCH_MS
}
