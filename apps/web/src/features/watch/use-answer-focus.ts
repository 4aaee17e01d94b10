import { useLayoutEffect } from 'react'
import type { RefObject } from 'react'

let asker: Element | null = null

/** To be called as something is asked for: whoever has the focus then waits for the answer. */
export function waitsForAnswer(): void {
  asker = document.activeElement
}

/**
 * Gives the focus to what was waited for, when it comes and when it changes. Whoever has gone on meanwhile, into another
 * field or to another part of the page, keeps it: the next letter is meant for there.
 */
export function useAnswerFocus(answer: RefObject<HTMLElement | null>, change?: unknown): void {
  // With what is drawn, not after it: what was pressed is gone by now, and the page would give the focus to what is around.
  useLayoutEffect(() => {
    const holder = document.activeElement
    const element = answer.current
    const waits = holder === null || holder === document.body || holder === asker
    if (element !== null && (waits || holder === element)) element.focus({ preventScroll: true })
  }, [answer, change])
}
