import { useEffect, useState } from 'react'
import { askTurn } from './turns.ts'

/** The input as it was when this chart last had its turn. A chart that is out of view asks for none. */
export function useTurn<T>(input: T, inView: boolean): T {
  const [drawn, setDrawn] = useState(input)
  const [who] = useState(() => Symbol('chart'))
  useEffect(() => {
    if (!inView || input === drawn) return undefined
    return askTurn(who, () => setDrawn(input))
  }, [input, drawn, inView, who])
  return drawn
}
