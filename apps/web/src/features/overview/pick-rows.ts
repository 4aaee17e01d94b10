import type { HeadroomView } from '@headroom/shared/model/system.ts'

const MOST_ROWS = 4

/** The resources a card has room for, in their usual order: used values tick, so they must not choose, or rows would jump. */
export function pickRows(headroom: readonly HeadroomView[]): HeadroomView[] {
  // Memory is given in bytes and in percent: on a card one of them is enough.
  const once = headroom.filter((row, index) => headroom.findIndex((other) => other.title === row.title) === index)
  return once.slice(0, MOST_ROWS)
}
