import { useEffect, useState } from 'react'
import { askTurn } from './turns.ts'

/** The input as it was when this chart last had its turn, the first one included. A chart that is out of view asks for none. */
export function useTurn<T extends object>(input: T, inView: boolean): T | undefined {
  const [drawn, setDrawn] = useState<T>()
  const [who] = useState(() => Symbol('chart'))
  useEffect(() => {
    if (!inView || input === drawn) return undefined
    return askTurn(who, () => setDrawn(input))
  }, [input, drawn, inView, who])
  return drawn
}
