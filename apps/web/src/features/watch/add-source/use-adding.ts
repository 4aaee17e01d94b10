import { useEffect, useReducer, useRef } from 'react'
import type { NewSystem, TrialRequest } from '@headroom/shared/model/trial.ts'
import { HttpProblem } from '../../../data/http-problem.ts'
import { addSystem, tryOut } from '../../../data/trial-client.ts'
import { useTimelineStore } from '../../../data/use-timeline.ts'
import { waitsForAnswer } from '../use-answer-focus.ts'
import { START, afterwards } from './adding.ts'
import type { Action, Added, Tried } from './adding.ts'

export type AddingActions = {
  /** Asks the collector about a source. The request holds what was typed; nothing of it is kept here. */
  ask: (request: TrialRequest, beside: Pick<Tried, 'asked' | 'before' | 'system'>) => void
  write: (system: NewSystem) => void
  changed: () => void
}

/** The way from a form to a source that is watched. One thing is asked at a time; a change, or leaving, cancels it. */
export function useAdding(): Added & AddingActions {
  const timeline = useTimelineStore()
  const [added, happen] = useReducer(afterwards, START)
  const asking = useRef<AbortController | null>(null)
  useEffect(() => () => asking.current?.abort(), [])

  const question = async (put: (signal: AbortSignal) => Promise<Action>): Promise<void> => {
    waitsForAnswer()
    asking.current?.abort()
    const controller = new AbortController()
    asking.current = controller
    try {
      const answer = await put(controller.signal)
      if (!controller.signal.aborted) happen(answer)
    } catch (error) {
      if (controller.signal.aborted) return
      const message = error instanceof Error ? error.message : String(error)
      happen({ kind: 'failed', problem: { message, path: error instanceof HttpProblem ? error.path : undefined } })
    }
  }
  return {
    ...added,
    ask(request, beside) {
      happen({ kind: 'try', now: timeline.serverNow() })
      void question(async (signal) => ({ kind: 'answered', trial: await tryOut(request, signal), ...beside }))
    },
    write(system) {
      happen({ kind: 'write' })
      void question(async (signal) => {
        const answer = await addSystem(system, signal)
        return { kind: 'written', id: system.id, answer, now: timeline.serverNow() }
      })
    },
    changed() {
      asking.current?.abort()
      happen({ kind: 'changed' })
    },
  }
}
