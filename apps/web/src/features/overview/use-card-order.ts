import { useState } from 'react'
import { useTimelineStore } from '../../data/use-timeline.ts'
import { nextPlacement } from './card-order.ts'
import type { Look, Placement } from './card-order.ts'

/** The order of the cards, and which of them changed. */
export function useCardOrder(seen: Omit<Look, 'now'>): Placement {
  const timeline = useTimelineStore()
  const look = { ...seen, now: timeline.serverNow() }
  const [held, setHeld] = useState(() => nextPlacement(undefined, look))
  const next = nextPlacement(held, look)
  if (next !== held) setHeld(next)
  return next
}
