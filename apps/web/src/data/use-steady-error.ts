import { useState } from 'react'

/**
 * Why nothing could be had, for as long as nothing is had: an answer that is asked for again and again forgets its error
 * with each try, and a screen would flicker between the reason and a placeholder.
 */
export function useSteadyError({ data, error }: { data: unknown; error: Error | null }): Error | null {
  const [held, setHeld] = useState<Error | null>(null)
  const next = data === undefined ? (error ?? held) : null
  if (next !== held) setHeld(next)
  return next
}
