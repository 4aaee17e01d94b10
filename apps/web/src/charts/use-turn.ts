import { useEffect, useState } from 'react'
import { askTurn } from './turns.ts'

/**
 * The input as it was when this chart last had its turn. The first one is drawn at once: whoever opens a page waits for
 * it. A chart that is out of view asks for no turn.
 */
export function useTurn<T extends object>(input: T, inView: boolean): T | undefined {
  const [drawn, setDrawn] = useState<T | undefined>(inView ? input : undefined)
  const [who] = useState(() => Symbol('chart'))
  useEffect(() => {
    if (!inView || input === drawn) return undefined
    return askTurn(who, () => setDrawn(input))
  }, [input, drawn, inView, who])
  return drawn
}
